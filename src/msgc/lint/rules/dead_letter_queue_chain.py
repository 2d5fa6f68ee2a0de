"""A dead-letter queue that nothing polls has a dead-letter queue itself (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG441", "warning", absence=True)
def dead_letter_queue_chain(subject: Subject) -> Iterator[Finding]:
    """A dead-letter queue has a dead-letter queue of its own.

    Whoever looks at the messages of a dead-letter queue receives them, and after a few looks they
    move on to the next queue, where nobody expects them.

    ```yaml
    queues:
      failed: {external: true, dead_letter: {after: 3}}
      jobs: {messages: [OrderPlaced], external: true, dead_letter: {queue: failed}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Leave `dead_letter` out on the queue where messages are to stay: a queue that others name as
    their dead-letter queue gets none of its own.

    ```yaml
    queues:
      failed: {external: true}
      jobs: {messages: [OrderPlaced], external: true, dead_letter: {queue: failed}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    for queue in subject.declared_queues:
        served = subject.graph.poisoned_from(queue)
        if served and queue.dead_letter and not subject.polls(queue):
            yield found(
                queue.place("dead_letter"),
                f"`{queue.name}` is a dead-letter queue and has one of its own,"
                f" `{queue.dead_letter.queue.name}`",
                f"take `dead_letter` away from queue `{queue.name}`",
                label(served[0].place("dead_letter", "queue"), "used as a dead-letter queue here"),
            )
