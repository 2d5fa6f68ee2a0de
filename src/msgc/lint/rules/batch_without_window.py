"""A batch of more than ten has no window (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Queue
from msgc.topology.origins import Stream

_AT_ONCE = 10
"""Messages: what SQS gives out in one call."""


@rule("MSG462", "error")
def batch_without_window(subject: Subject) -> Iterator[Finding]:
    """A consumer or a pipe wants more than ten messages at once, and gives no time to collect them.

    Lambda receives ten messages at most in one call; for more it needs a batch window of at least
    one second, and refuses the event source mapping without it. So does a pipe.

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
        if consumer.batch_size <= _AT_ONCE or consumer.batch_window >= 1:
            continue
        if any(not poll.queue.fifo for poll in subject.polls(consumer)):
            yield _unfilled(consumer.place("batch", "size"), consumer.batch_size)
    for pipe in subject.links.pipes:
        match pipe.origin:
            case Queue(fifo=None):
                yield from _of_pipe(pipe.edge)
            case Queue() | Stream():
                pass
            case _:
                assert_never(pipe.origin)


def _of_pipe(edge: Subscription) -> Iterator[Finding]:
    reading, most = edge.reading, edge.delivery.most_at_once
    size, window = (reading.size or 1, reading.window or 0) if reading is not None else (1, 0)
    if size > _AT_ONCE and window < 1 and (most is None or size <= most):
        yield _unfilled(edge.place("batch", "size"), size)


def _unfilled(span: Span, size: int) -> Finding:
    return found(
        span,
        f"a batch of {size} needs a window of at least 1s to fill",
        f"write `batch: {{size: {size}, window: 1s}}`, or a size of {_AT_ONCE}",
    )
