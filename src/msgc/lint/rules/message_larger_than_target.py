"""What arrives may be larger than its target takes (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.edges import Subscription
from msgc.topology.ends import Queue
from msgc.topology.units import size

LARGEST_EVENT = 1_000_000
"""PutEvents takes less than 1 MB; Lambda takes 1 MB for an asynchronous invocation."""


@rule("MSG451", "warning")
def message_larger_than_target(subject: Subject) -> Iterator[Finding]:
    """A queue or function takes smaller messages than what feeds it may send.

    SNS and EventBridge can't deliver a message that is larger than the queue's `max_size`, and a
    dead-letter queue can't take it either. A function behind a topic gets at most 1 MB, the
    envelope included.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {max_size: 64KiB, external: true}}
    subscriptions:
      to-jobs: {from: {topic: orders}, to: {queue: jobs}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Leave `max_size` out on the queue (1 MiB), or limit the topic in the same way:

    ```yaml
    topics: {orders: {messages: [OrderPlaced], max_size: 64KiB}}
    queues: {jobs: {max_size: 64KiB, external: true}}
    subscriptions:
      to-jobs: {from: {topic: orders}, to: {queue: jobs}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    """
    for queue in subject.topology.queues.values():
        if queue.imported is not None:
            continue  # its owner's limit
        yield from _smaller_last(queue)
        for topic, edge in subject.topic_edges_to(queue):
            if topic.imported is None and queue.max_size < topic.max_size:  # else its owner's limit
                yield _smaller(queue, edge, topic.max_size)
        for made in subject.event_rules_to(queue):
            if queue.max_size < LARGEST_EVENT:
                yield _smaller(queue, made.edge, LARGEST_EVENT)
    for consumer in subject.topology.consumers.values():
        for topic, edge in subject.topic_edges_to(consumer):
            if topic.max_size > LARGEST_EVENT:
                yield found(
                    topic.place("max_size"),
                    f"topic `{topic.name}` takes messages of up to {size(topic.max_size)}, and the"
                    f" function of consumer `{consumer.name}` gets at most 1 MB, envelope included",
                    "write `max_size: 900KiB` on the topic, or put a queue in between",
                    label(edge.place("from"), "delivered to the function here"),
                )


def _smaller_last(queue: Queue) -> Iterator[Finding]:
    last = queue.dead_letter.queue if queue.dead_letter else None
    if last and last.max_size < queue.max_size:
        yield found(
            last.place("max_size"),
            f"the dead-letter queue `{last.name}` takes messages of up to"
            f" {size(last.max_size)}, queue `{queue.name}` of up to {size(queue.max_size)}",
            f"leave `max_size` out on queue `{last.name}`",
            label(queue.key, "served by it"),
        )


def _smaller(queue: Queue, edge: Subscription, largest: int) -> Finding:
    return found(
        queue.place("max_size"),
        f"queue `{queue.name}` takes messages of up to {size(queue.max_size)}, and"
        f" `{edge.name}` may bring {size(largest)}",
        "leave `max_size` out on the queue (1MiB)",
        label(edge.origin.place("max_size"), "from here"),
    )
