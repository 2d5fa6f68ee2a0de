"""A FIFO queue behind a bus keeps the order in which events happen to arrive (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.bus_groups import problem
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG665", "info")
def order_lost_behind_bus(subject: Subject) -> Iterator[Finding]:
    """A bus delivers to a FIFO queue.

    EventBridge delivers in no particular order, and now and then the same event twice: the queue
    keeps the order in which events arrive, and drops repeated ones for five minutes. A group is
    still handled one message at a time. It may have 100 characters; events with a longer one go to
    the dead-letter queue of the rule.

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    queues: {invoicing: {fifo: true, external: subscribe}}
    subscriptions:
      to-invoicing: {from: {bus: commerce}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Publish to a FIFO topic where the order matters:

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true}}
    queues: {invoicing: {fifo: true, external: subscribe}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
    """
    for queue in subject.topology.queues.values():
        for made in subject.event_rules_to(queue) if queue.fifo else ():
            if problem(made) is None:
                yield found(
                    made.edge.place("to"),
                    f"FIFO queue `{queue.name}` keeps the order in which `{made.edge.name}` brings"
                    f" events, which isn't that in which they were put on bus `{made.bus.name}`",
                    "publish to a FIFO topic where that order matters",
                    label(queue.place("fifo"), "made FIFO here"),
                )
