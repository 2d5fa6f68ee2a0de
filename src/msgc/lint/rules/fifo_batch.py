"""A FIFO queue is read in batches that AWS refuses (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.edges import Subscription
from msgc.topology.ends import Consumer, Queue
from msgc.topology.origins import Stream


@rule("MSG438", "error")
def fifo_batch(subject: Subject) -> Iterator[Finding]:
    """A FIFO queue is read in batches of more than ten messages, or with a batch window.

    Lambda polls FIFO queues in batches of at most 10, without waiting for a batch to fill; the
    event source mapping is refused when the stack is deployed. The same is true of a pipe.

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true}}
    queues: {invoicing: {fifo: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    consumers:
      invoicing: {from: {queue: invoicing}, function: provided, batch: {size: 50}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Leave `batch` out (10 is the default):

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true}}
    queues: {invoicing: {fifo: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    consumers:
      invoicing: {from: {queue: invoicing}, function: provided}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
    """
    for poll in subject.links.event_source_mappings:
        consumer = poll.consumer
        batch = (consumer.batch_size, consumer.batch_window)
        yield from _refused(poll.queue, consumer, batch, "Lambda")
    for pipe in subject.links.pipes:
        match pipe.origin:
            case Queue() as queue:
                reading = pipe.edge.reading
                batch = (reading.size or 1, reading.window or 0) if reading is not None else (1, 0)
                yield from _refused(queue, pipe.edge, batch, "a pipe")
            case Stream():
                pass
            case _:
                assert_never(pipe.origin)


def _refused(
    queue: Queue, reader: Consumer | Subscription, batch: tuple[int, int], what: str
) -> Iterator[Finding]:
    size, window = batch
    if not queue.fifo:
        return
    fifo = label(queue.place("fifo"), "a FIFO queue")
    if size > 10:
        yield found(
            reader.place("batch", "size"),
            f"a batch of {size} is more than the 10 that {what} takes from a FIFO queue",
            "write `size: 10`, or leave it out",
            fifo,
        )
    if window:
        yield found(
            reader.place("batch", "window"),
            f"{what} has no batch window for a FIFO queue",
            "leave `window` out",
            fifo,
        )
