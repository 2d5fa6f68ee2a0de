"""Stacks need each other to be deployed first (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import listing
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.stack.placement.crossings import Crossing, crossings, deployed_after
from msgc.topology.graph import circles
from msgc.topology.narrowing import kind_of


@rule("MSG539", "error")
def stacks_in_a_circle(subject: Subject) -> Iterator[Finding]:
    """Stacks need each other to be deployed first, so that none of them can be.

    An edge lies in the stack of its target, and where it begins must be there before it: SNS
    refuses a subscription to a topic that doesn't exist, EventBridge a rule on a bus, Lambda and
    EventBridge Pipes a queue to read from. So does SQS a dead-letter queue.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}, invoices: {messages: [OrderPlaced]}}
    queues: {packing: {external: subscribe}, invoicing: {external: subscribe}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
      to-packing: {from: {topic: invoices}, to: {queue: packing}}
    producers: {shop: {publishes: [{topic: orders}, {topic: invoices}]}}
    stacks:
      billing: {topics: [invoices], queues: [invoicing]}   # `packing` lies in `main`
    ```

    Topics and buses in one stack, and what they lead to in others, is a division that always works:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}, invoices: {messages: [OrderPlaced]}}
    queues: {packing: {external: subscribe}, invoicing: {external: subscribe}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
      to-packing: {from: {topic: invoices}, to: {queue: packing}}
    producers: {shop: {publishes: [{topic: orders}, {topic: invoices}]}}
    stacks:
      billing: {queues: [invoicing]}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
    """
    after = deployed_after(crossings(subject.stack))
    for circle in circles({part.name: list(after.get(part.name, ())) for part in subject.parts}):
        reasons = [
            after[name][other] for name, other in zip(circle, (*circle[1:], circle[0]), strict=True)
        ]
        first, *others = reasons
        names = listing([f"`{name}`" for name in sorted(circle)], "and")
        yield found(
            first.declared.key,
            f"the stacks {names} need each other to be deployed first: {_said(first)}",
            "let what an edge begins at and where it ends lie in one stack, or all topics and buses"
            " in `main`",
            *(label(each.declared.key, _said(each)) for each in others),
        )


def _said(crossing: Crossing) -> str:
    what = f"`{crossing.declared.name}` lies in `{crossing.stack}`"
    noun = "" if crossing.place is None else f"{kind_of(crossing.place).word} "
    return f"{what}, and uses the {noun}`{crossing.to.declared.name}` of `{crossing.to.stack}`"
