"""A polling function has less concurrency reserved than Lambda starts with (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.model import MadeFunction


@rule("MSG464", "warning")
def reserved_too_low(subject: Subject) -> Iterator[Finding]:
    """A function that polls a queue has less than five reserved, and no limit on the poll.

    Lambda starts with five batches at once. What the function can't take is throttled, and each
    time counts as a receive, until good messages land in the dead-letter queue.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: {code: worker, reserved: 2}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Limit the poll instead of the function (or too):

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: {code: worker}, concurrency: {max: 2}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    for consumer in subject.topology.consumers.values():
        function = consumer.function
        if not isinstance(function, MadeFunction) or function.reserved is None:
            continue
        if 0 < function.reserved < 5 and consumer.concurrency is None and subject.polls(consumer):
            yield found(
                consumer.place("function", "reserved"),
                f"Lambda polls with 5 at once, and the function of consumer `{consumer.name}` has"
                f" {function.reserved} reserved",
                f"limit the poll: `concurrency: {{max: {max(2, function.reserved)}}}`, or"
                " reserve 5",
            )
