"""A dead-letter queue keeps messages for a shorter time than its source (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.units import DAY, duration

LONGEST = 14 * DAY
"""More than SQS keeps a message; a queue that asks for it is reported elsewhere."""


@rule("MSG442", "error")
def dead_letter_retention(subject: Subject) -> Iterator[Finding]:
    """A dead-letter queue keeps messages for a shorter time than the queue it serves.

    A standard queue's message keeps the time of its first arrival when it moves: what has spent
    two days in the queue is deleted at once by a dead-letter queue that keeps messages for one
    day.

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: true, dead_letter: {retention: 1d}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Leave it out: 14 days, the most there is, are the default.

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    for queue in subject.topology.queues.values():
        if queue.dead_letter is None or queue.fifo:
            continue
        last = queue.dead_letter.queue
        if last.imported is not None:
            continue  # its owner's period
        if last.retention >= min(queue.retention, LONGEST):
            continue
        derived = last.kind == "dead-letter"
        place = queue.place("dead_letter", "retention") if derived else last.place("retention")
        yield found(
            place,
            f"the dead-letter queue `{last.name}` keeps messages for {duration(last.retention)},"
            f" queue `{queue.name}` for {duration(queue.retention)}: they are deleted before"
            " anybody sees them",
            "leave this `retention` out (14d)" if derived else "write `retention: 14d`",
            label(queue.place("retention"), f"kept for {duration(queue.retention)} here"),
        )
