"""Consumers that answer pipes: what is wrong with who asks them, and with what else comes."""

from __future__ import annotations

from msgc.diagnostics import Label
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology.edges import Subscription
from msgc.topology.narrowing import as_consumer


def check_answers(symbols: SymbolTable, edges: dict[str, Subscription]) -> None:
    """Report consumers that answer nobody, and those that get messages in other ways too."""
    edges_of = ("subscriptions", "consumers")
    nodes = [node for section in edges_of for _, node in symbols.declarations(section)]
    asked = {parse.text(node.get("enrich")) for node in nodes}
    said = {parse.text(value) for node in nodes for _, value in node.items()}  # by a slip, too
    is_sure = asked <= {*symbols.consumers, "provided", None}
    reached = {as_consumer(edge.target): edge for edge in edges.values()}
    for consumer in symbols.consumers.values():
        node = parse.mapping(consumer.node)
        if node is None or "answers" not in node.entries:
            continue
        span = node.key("answers").span
        if consumer.name not in asked:
            if is_sure and consumer.name not in said:  # else it may be meant to be asked
                symbols.report(
                    codes.ANSWERS_NOBODY,
                    span,
                    f"nothing asks consumer `{consumer.name}`, so its `answers` does nothing",
                    f"write `enrich: {consumer.name}` on an edge from a queue or a stream",
                )
        elif consumer in reached and consumer.name not in symbols.buffers:
            symbols.report(
                codes.ANSWERS_NOBODY,
                span,
                f"consumer `{consumer.name}` answers a pipe, and gets messages that want no answer",
                "declare two consumers, one for each",
                Label(span=reached[consumer].key, message="by this edge"),
            )
