"""A rule delivers to a FIFO topic (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named


@rule("MSG433", "error")
def fifo_behind_bus(subject: Subject) -> Iterator[Finding]:
    """A bus is to deliver to a FIFO topic.

    A rule can give the message group to a FIFO queue, but not to a FIFO topic: SNS refuses each
    delivery.

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    topics: {orders: {fifo: true, external: subscribe}}
    subscriptions:
      to-orders: {from: {bus: commerce}, to: {topic: orders}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Take a standard topic, or publish to the FIFO topic where the order matters:

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true, external: subscribe}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html
    """
    for target in subject.topology.topics.values():
        for made in subject.event_rules_to(target) if target.fifo else ():
            yield found(
                made.edge.place("to"),
                f"the bus `{made.bus.name}` can't deliver to the FIFO {named(target)}:"
                " a rule has no message group to give",
                f"take `fifo` from {named(target)}, or publish to a FIFO topic instead of the bus",
                label(target.place("fifo"), "made FIFO here"),
            )
