"""A function polls the dead-letter queue of its own queue (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import GivenFunction, MadeFunction
from msgc.topology.values import ByArn

Function = MadeFunction | GivenFunction


@rule("MSG468", "warning")
def consumer_polls_own_failures(subject: Subject) -> Iterator[Finding]:
    """A function polls the dead-letter queue of a queue that it polls itself.

    What it failed on comes to the same code again, and fails again; from the dead-letter queue
    there is no way out but the end of the retention.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: {code: worker}}
      again: {from: {queue: jobs-dlq}, function: {code: worker}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Let the messages lie, look at them, and move them back once the code is mended:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: {code: worker}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
    """
    for poll in subject.links.event_source_mappings:
        for queue in subject.graph.poisoned_from(poll.queue):
            for other in subject.polls(queue):
                if _same(poll.consumer.function, other.consumer.function):
                    yield found(
                        poll.edge.place("from"),
                        f"consumer `{poll.consumer.name}` runs the code that failed on these"
                        f" messages in `{other.consumer.name}`",
                        "take it away, and move messages back when the code is mended",
                        label(other.edge.place("from"), "the queue it failed on"),
                    )


def _same(one: Function, other: Function) -> bool:
    if isinstance(one, MadeFunction) and isinstance(other, MadeFunction):
        return (one.code, one.handler) == (other.code, other.handler)
    if isinstance(one, GivenFunction) and isinstance(other, GivenFunction):
        here, there = one.address, other.address
        return isinstance(here, ByArn) and isinstance(there, ByArn) and here.arn == there.arn
    return False
