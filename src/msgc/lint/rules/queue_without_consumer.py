"""A queue that nobody reads (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.units import duration


@rule("MSG447", "warning", absence=True)
def queue_without_consumer(subject: Subject) -> Iterator[Finding]:
    """Nobody reads a queue.

    Its messages are deleted when their retention ends, unseen.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Add the consumer, or say that somebody outside this file reads the queue:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-how-it-works.html
    """
    for queue in subject.declared_queues:
        if queue.others_subscribe or subject.catches_failures(queue) or subject.is_read(queue):
            continue
        yield found(
            queue.key,
            f"nobody reads queue `{queue.name}`: its messages are deleted after"
            f" {duration(queue.retention)}",
            f"add a consumer with `from: {{queue: {queue.name}}}`, or write `external: subscribe`"
            " if somebody outside this file reads it",
        )
