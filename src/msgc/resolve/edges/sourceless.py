"""What consumers without `from` say about messages that come by it: it means nothing there."""

from __future__ import annotations

from msgc.resolve import codes
from msgc.resolve.edges.checks import OPTIONS
from msgc.resolve.symbols import SymbolTable
from msgc.topology.edges import Subscription
from msgc.topology.narrowing import as_consumer

_OF_POLLS = ("batch", "concurrency", "partial_failures", "buffered", "idempotency")
"""Those of consumers about what is polled for them, whichever edge brings it."""

_OF_FUNCTIONS = ("batch", "concurrency", "partial_failures")
"""Those that the schema of the file refuses of workers."""


def check_sourceless(symbols: SymbolTable, edges: dict[str, Subscription]) -> None:
    """Report what consumers say of an edge that they don't have, or that asks for an answer.

    What a consumer without `from` gets comes by subscriptions, which have options of their own;
    one that answers is asked by a pipe, which hands it one payload after the other. To which
    nothing comes at all, and of that another rule tells, may have a slip in its `from`.
    """
    reached = {as_consumer(edge.target) for edge in edges.values()}
    for key, node in symbols.declarations("consumers"):
        answers = "answers" in node.entries
        if "from" in node.entries or not (answers or symbols.consumers[key.text] in reached):
            continue
        idle = {*OPTIONS, *_OF_POLLS} if answers else {*OPTIONS}.difference(_OF_POLLS)
        if "worker" in node.entries:
            idle.difference_update(_OF_FUNCTIONS)
        for option, _ in node.entries.values():
            if option.text not in idle:
                continue
            span = option.span
            if not node.span.start <= span.start < node.span.end:
                continue  # it comes from `defaults`, which other consumers use
            symbols.report(
                codes.OPTION_NOT_HERE,
                span,
                f"`{option.text}` means nothing on consumer `{key.text}`, which answers a pipe"
                if answers
                else f"`{option.text}` means nothing on consumer `{key.text}`, which has no `from`",
                "take it away; what a pipe takes is said on the edge with `enrich`"
                if answers
                else f"write it on the subscription `to: {{consumer: {key.text}}}`, or add `from`",
            )
