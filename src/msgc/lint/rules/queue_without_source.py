"""A queue that nothing feeds (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG448", "warning", absence=True)
def queue_without_source(subject: Subject) -> Iterator[Finding]:
    """Nothing brings messages to a queue.

    No subscription ends there, and nobody publishes to it. Either an edge is missing, or the
    queue is left over. Without a declared producer nobody is granted to send to it either.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    ```

    Add the edge, or the producer (without `role` a managed policy is made that others can
    attach). If somebody outside this file sends to it, say so: `external: publish`, or `true`
    where others read it, too.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-overview-of-managing-access.html
    """
    for queue in subject.declared_queues:
        if queue in subject.topology.replacements.heirs:
            continue  # it runs dry
        if queue.others_publish or subject.is_fed(queue) or subject.catches_failures(queue):
            continue
        yield found(
            queue.key,
            f"nothing brings messages to queue `{queue.name}`",
            f"add a subscription with `to: {{queue: {queue.name}}}`, or the producer:"
            f" `publishes: [{{queue: {queue.name}}}]`; if others send to it, `external: publish`",
        )
