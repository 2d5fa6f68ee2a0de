"""A FIFO topic is to be traced (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG472", "error")
def tracing_on_fifo(subject: Subject) -> Iterator[Finding]:
    """A FIFO topic is to be traced with X-Ray.

    SNS traces standard topics only, and refuses the topic when the stack is deployed.

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true, tracing: true}}
    queues: {invoicing: {fifo: true, external: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true}}
    queues: {invoicing: {fifo: true, external: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html
    """
    for topic in subject.topology.topics.values():
        if topic.fifo and topic.tracing:
            yield found(
                topic.place("tracing"),
                f"the FIFO topic `{topic.name}` can't be traced",
                "take `tracing` away",
                label(topic.place("fifo"), "made FIFO here"),
            )
