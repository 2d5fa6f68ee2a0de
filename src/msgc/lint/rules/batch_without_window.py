"""A batch of more than ten has no window (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG462", "error")
def batch_without_window(subject: Subject) -> Iterator[Finding]:
    """A consumer wants more than ten messages at once and gives no time to collect them.

    Lambda receives ten messages at most in one call; for more it needs a batch window of at least
    one second, and refuses the event source mapping without it.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: provided, batch: {size: 100}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Say how long a batch may take to fill:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: provided, batch: {size: 100, window: 5s}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
    """
    for consumer in subject.topology.consumers.values():
        if consumer.batch_size <= 10 or consumer.batch_window >= 1:
            continue
        if any(not poll.queue.fifo for poll in subject.polls(consumer)):
            yield found(
                consumer.place("batch", "size"),
                f"a batch of {consumer.batch_size} needs a window of at least 1s to fill",
                f"write `batch: {{size: {consumer.batch_size}, window: 1s}}`, or a size of 10",
            )
