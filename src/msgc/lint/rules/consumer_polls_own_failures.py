"""A function polls the dead-letter queue of its own queue (W)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.settings import GivenFunction, MadeFunction, Worker, arn_in


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
                code = _code(poll.consumer.function)
                if code is not None and code == _code(other.consumer.function):
                    yield found(
                        poll.edge.place("from"),
                        f"consumer `{poll.consumer.name}` runs the code that failed on these"
                        f" messages in `{other.consumer.name}`",
                        "take it away, and move messages back when the code is mended",
                        label(other.edge.place("from"), "the queue it failed on"),
                    )


def _code(function: MadeFunction | GivenFunction | Worker) -> tuple[str, ...] | None:
    """Return what tells that two functions run the same code: folder and handler, or the ARN."""
    match function:
        case MadeFunction(code=code, handler=handler):
            return code, handler
        case GivenFunction(address=address):
            arn = arn_in(address)
            return None if arn is None else (arn,)
        case Worker():
            return None
        case _:
            assert_never(function)
