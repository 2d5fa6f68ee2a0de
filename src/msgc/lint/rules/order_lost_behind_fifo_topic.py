"""A standard queue subscribes to a FIFO topic (W, loses order)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG432", "warning")
def order_lost_behind_fifo_topic(subject: Subject) -> Iterator[Finding]:
    """A standard queue subscribes to a FIFO topic.

    AWS allows it, and the queue then delivers as standard queues do: now and then out of order,
    now and then twice. What was paid for with FIFO on the topic is lost here.

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true}}
    queues: {invoicing: {external: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Make the queue FIFO. If this subscriber really doesn't care, say so in a comment (`# msgc:
    ignore[order-lost-behind-fifo-topic] statistics only`).

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true}}
    queues: {invoicing: {fifo: true, external: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
    """
    for queue in subject.topology.queues.values():
        for topic, edge in subject.topic_edges_to(queue):
            if topic.fifo and not queue.fifo:
                yield found(
                    edge.place("to"),
                    f"the standard queue `{queue.name}` loses the order of the FIFO topic"
                    f" `{topic.name}`",
                    f"write `fifo: true` on queue `{queue.name}`",
                    label(topic.place("fifo"), "a FIFO topic"),
                    label(queue.key, "a standard queue"),
                )
