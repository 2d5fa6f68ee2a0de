"""A poll of a FIFO queue has a batch that Lambda refuses (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG438", "error")
def fifo_batch(subject: Subject) -> Iterator[Finding]:
    """A consumer of a FIFO queue wants more than ten messages at once, or a batch window.

    Lambda polls FIFO queues in batches of at most 10, without waiting for a batch to fill; the
    event source mapping is refused when the stack is deployed.

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
        if not poll.queue.fifo:
            continue
        fifo = label(poll.queue.place("fifo"), "a FIFO queue")
        consumer = poll.consumer
        if consumer.batch_size > 10:
            yield found(
                consumer.place("batch", "size"),
                f"a batch of {consumer.batch_size} is more than the 10 that Lambda takes from a"
                " FIFO queue",
                "write `size: 10`, or leave it out",
                fifo,
            )
        if consumer.batch_window:
            yield found(
                consumer.place("batch", "window"),
                "Lambda has no batch window for a FIFO queue",
                "leave `window` out",
                fifo,
            )
