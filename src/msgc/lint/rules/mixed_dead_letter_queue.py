"""A dead-letter queue takes from queues and from subscriptions (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Queue


@rule("MSG475", "warning")
def mixed_dead_letter_queue(subject: Subject) -> Iterator[Finding]:
    """A dead-letter queue takes messages from a queue and from subscriptions or functions.

    SQS can move messages back to the queue that they came from ("redrive"), and only those: what
    SNS, EventBridge or Lambda put there has no queue to go back to, and lies in between.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues:
      failed: {external: true, dead_letter: false}
      invoicing: {external: true, dead_letter: {queue: failed}}
    subscriptions:
      to-invoicing:
        from: {topic: orders}
        to: {queue: invoicing}
        dead_letter: {queue: failed}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Leave both out: the queue gets one of its own, and what can't be delivered goes to the queue
    `undelivered`.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {invoicing: {external: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
    """
    for queue in subject.topology.queues.values():
        served = subject.graph.poisoned_from(queue)
        if served:
            yield from _others(subject, queue, served[0])


def _others(subject: Subject, queue: Queue, served: Queue) -> Iterator[Finding]:
    places = [
        edge.place("dead_letter", "queue")
        for edge in subject.graph.undelivered_from(queue)
        if edge.says("dead_letter")
    ]
    buses = subject.topology.buses.values()
    places += [bus.place("dead_letter", "queue") for bus in buses if bus.dead_letter is queue]
    places += [
        consumer.place("function", "on_failure", "queue")
        for consumer in subject.graph.failed_calls_from(queue)
    ]
    for place in places[:1]:
        yield found(
            place,
            f"`{queue.name}` is the dead-letter queue of queue `{served.name}` too: messages can't"
            " be moved back from a queue that has both",
            "leave the dead-letter queue out here: what can't be delivered then goes to"
            " `undelivered`",
            label(served.place("dead_letter", "queue"), "used for a queue here"),
        )
