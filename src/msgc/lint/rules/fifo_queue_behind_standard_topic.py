"""A FIFO queue subscribes to a standard topic (E, refused by AWS)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Queue, Topic


@rule("MSG430", "error")
def fifo_queue_behind_standard_topic(subject: Subject) -> Iterator[Finding]:
    """A FIFO queue subscribes to a standard topic.

    SNS refuses the subscription when the stack is deployed: a standard topic has neither groups
    nor deduplication that it could hand to the queue.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {invoicing: {fifo: true, external: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Make both FIFO where the order matters, or neither:

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
            if queue.fifo and not topic.fifo:
                yield found(
                    edge.place("to"),
                    f"the FIFO queue `{queue.name}` can't subscribe to the standard topic"
                    f" `{topic.name}`",
                    _help(subject, queue, topic),
                    label(topic.key, "a standard topic"),
                    label(queue.place("fifo"), "a FIFO queue"),
                )


def _help(subject: Subject, queue: Queue, topic: Topic) -> str:
    if subject.topology.replacements.replaced_by(queue) is None:
        return f"write `fifo: true` on topic `{topic.name}`, or take it from queue `{queue.name}`"
    return (
        f"replace the topic in the same edit: `topics: {{{topic.name}-fifo: {{replaces:"
        f" {topic.name}, fifo: true, ...}}}}`, from which the edge and publishers go then"
    )
