"""A queue has no dead-letter queue (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.units import duration


@rule("MSG440", "warning", absence=True)
def queue_without_dlq(subject: Subject) -> Iterator[Finding]:
    """A queue has no dead-letter queue.

    A message that no consumer can process comes back again and again until its retention ends,
    and is then deleted. It costs an invocation each time, and in a FIFO queue it blocks its
    group.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: true, dead_letter: false}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Leave `dead_letter` out, and the queue gets one of its own, `jobs-dlq`:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: true}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    for queue in subject.declared_queues:
        if queue.dead_letter is None and not subject.catches_failures(queue):
            yield found(
                queue.place("dead_letter"),
                f"queue `{queue.name}` has no dead-letter queue: what can't be processed comes back"
                f" for {duration(queue.retention)}, and is then deleted",
                f"leave `dead_letter` out to get `{queue.name}-dlq`, or name a queue:"
                " `dead_letter: {queue: failed}`",
            )
