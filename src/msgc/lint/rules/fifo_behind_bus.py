"""A rule delivers to a FIFO queue or topic (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named


@rule("MSG433", "error")
def fifo_behind_bus(subject: Subject) -> Iterator[Finding]:
    """A bus is to deliver to a FIFO queue or a FIFO topic.

    EventBridge delivers in no particular order, and a rule can only give every event the same,
    constant message group: the queue would process one message at a time, in the wrong order. To
    a FIFO topic it can give no group at all, so every delivery would fail.

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    queues: {invoicing: {fifo: true, external: true}}
    subscriptions:
      to-invoicing: {from: {bus: commerce}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Use a standard queue, or publish to a FIFO topic where the order matters:

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true}}
    queues: {invoicing: {fifo: true, external: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html
    """
    for target in subject.fifo_places:
        for made in subject.event_rules_to(target):
            yield found(
                made.edge.place("to"),
                f"the bus `{made.bus.name}` can't deliver to the FIFO {named(target)}:"
                " a rule has no message group to give",
                f"take `fifo` from {named(target)}, or publish to a FIFO topic instead of the bus",
                label(target.place("fifo"), "made FIFO here"),
            )
