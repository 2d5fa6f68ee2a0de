"""Messages expire before they could reach the dead-letter queue (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.units import duration

SHORTEST = 60
"""Less than SQS takes; a queue that asks for it is reported elsewhere."""


@rule("MSG446", "warning")
def retention_too_short(subject: Subject) -> Iterator[Finding]:
    """A queue deletes its messages before they can reach the dead-letter queue.

    A message waits out its delay, and then, for every receive that fails, the visibility timeout.
    If the retention ends before that, poison messages vanish instead of being kept.

    ```yaml
    queues:
      jobs:
        messages: [OrderPlaced]
        external: true
        retention: 10m
        visibility: 5m
        dead_letter: {after: 3}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Keep messages longer than `delay` + `after` times `visibility`; the default is 4 days.

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: true, visibility: 5m, dead_letter: {after: 3}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    """
    for queue in subject.declared_queues:
        after = queue.dead_letter.after if queue.dead_letter else 1
        needed = queue.delay + after * queue.visibility
        if needed < queue.retention or queue.retention < SHORTEST:
            continue
        delayed = f"{duration(queue.delay)} + " if queue.delay else ""
        end = "reach the dead-letter queue" if queue.dead_letter else "be tried once"
        yield found(
            queue.place("retention"),
            f"queue `{queue.name}` deletes messages after {duration(queue.retention)}, and they"
            f" need {duration(needed)} to {end} ({delayed}{after} * {duration(queue.visibility)})",
            "keep them longer (`retention: 4d` is the default), or give them up earlier",
            label(queue.place("visibility"), f"hidden for {duration(queue.visibility)} each time"),
        )
