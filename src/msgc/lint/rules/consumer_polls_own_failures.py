"""A consumer polls the dead-letter queue of its own queue (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG468", "warning")
def consumer_polls_own_failures(subject: Subject) -> Iterator[Finding]:
    """A consumer polls the dead-letter queue of a queue that it polls itself.

    What it failed on comes to the same code again, and fails again; from the dead-letter queue
    there is no way out but the end of the retention.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    subscriptions:
      again: {from: {queue: jobs-dlq}, to: {consumer: worker}}
    consumers: {worker: {from: {queue: jobs}, function: provided}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Let the messages lie, look at them, and move them back once the code is mended:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: provided}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
    """
    for poll in subject.delivery.polls:
        for queue in subject.graph.poisoned_from(poll.queue):
            for other in subject.polls(queue):
                if other.consumer is poll.consumer:
                    yield found(
                        poll.edge.place("from"),
                        f"consumer `{poll.consumer.name}` gets what it failed on once more, from"
                        f" `{poll.queue.name}`",
                        "take the subscription away, and move messages back when the code is"
                        " mended",
                        label(other.edge.place("from"), "the queue it failed on"),
                    )
