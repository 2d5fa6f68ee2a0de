"""A queue deduplicates across groups what its topic told apart (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG666", "warning")
def deduplication_across_groups(subject: Subject) -> Iterator[Finding]:
    """A FIFO queue deduplicates across groups what its topic told apart.

    With `throughput: per-group`, a topic takes two messages for one only if group and deduplication
    id are the same. A queue without it looks at the deduplication id alone: of two such messages of
    different groups it drops one. And it takes 300 a second where the topic takes thousands.

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: {throughput: per-group}}}
    queues: {invoicing: {fifo: true, external: subscribe}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Say the same on both:

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: {throughput: per-group}}}
    queues: {invoicing: {fifo: {throughput: per-group}, external: subscribe}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/fifo-high-throughput.html
    """
    for queue in subject.topology.queues.values():
        for topic, edge in subject.topic_edges_to(queue):
            if not (queue.fifo and topic.fifo) or queue.fifo.per_group or not topic.fifo.per_group:
                continue
            yield found(
                edge.place("to"),
                f"FIFO queue `{queue.name}` drops messages of different groups with one"
                f" deduplication id, which topic `{topic.name}` tells apart",
                f"write `fifo: {{throughput: per-group}}` on queue `{queue.name}`",
                label(topic.place("fifo"), "per group here"),
                label(queue.place("fifo"), "for the whole queue here"),
            )
