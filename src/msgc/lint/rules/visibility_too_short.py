"""A queue's visibility timeout is less than AWS advises for a function (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.units import duration


@rule("MSG445", "warning")
def visibility_too_short(subject: Subject) -> Iterator[Finding]:
    """A queue's visibility timeout is less than six times the function's timeout and the window.

    Lambda needs the room to try a throttled batch again. Without it messages are handled twice
    under load, and reach the dead-letter queue without ever having failed.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], visibility: 60s}}
    consumers: {worker: {from: {queue: jobs}, function: {code: worker, timeout: 30s}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Leave `visibility` out: msgc sets it to six times the timeout plus the batch window.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: {code: worker, timeout: 30s}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for poll in subject.links.event_source_mappings:
        timeout, window = poll.consumer.function.timeout, poll.consumer.batch_window
        if timeout is None or poll.queue.visibility < timeout:
            continue
        advised = 6 * timeout + window
        if poll.queue.visibility < advised:
            terms = f"6 * {duration(timeout)}" + (f" + {duration(window)}" if window else "")
            yield found(
                poll.queue.place("visibility"),
                f"queue `{poll.queue.name}` hides a message for {duration(poll.queue.visibility)},"
                f" and a throttled function needs {duration(advised)} ({terms})",
                f"leave `visibility` out, or write `{duration(advised)}`",
                label(poll.consumer.key, "polled here"),
            )
