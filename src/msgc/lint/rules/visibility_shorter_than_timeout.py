"""A queue's visibility timeout is shorter than the function's timeout (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.units import duration


@rule("MSG444", "error")
def visibility_shorter_than_timeout(subject: Subject) -> Iterator[Finding]:
    """A queue's visibility timeout is shorter than its function may run.

    The message would show up again while it is still being handled; Lambda refuses the event
    source mapping when the stack is deployed.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], visibility: 30s}}
    consumers: {worker: {from: {queue: jobs}, function: {code: worker, timeout: 60s}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Leave `visibility` out: msgc sets it to six times the timeout plus the batch window.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: {code: worker, timeout: 60s}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for poll in subject.links.event_source_mappings:
        timeout = poll.consumer.function.timeout
        if timeout is not None and poll.queue.visibility < timeout:
            yield found(
                poll.queue.place("visibility"),
                f"queue `{poll.queue.name}` hides a message for"
                f" {duration(poll.queue.visibility)}, and the function of consumer"
                f" `{poll.consumer.name}` may run for {duration(timeout)}",
                "leave `visibility` out, or write at least"
                f" `{duration(6 * timeout + poll.consumer.batch_window)}`",
                label(poll.consumer.place("function", "timeout"), "the function's timeout"),
            )
