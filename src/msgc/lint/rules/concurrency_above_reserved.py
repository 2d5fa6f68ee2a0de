"""A consumer polls with more concurrency than its function has (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.model import MadeFunction


@rule("MSG463", "warning")
def concurrency_above_reserved(subject: Subject) -> Iterator[Finding]:
    """A consumer's queues are polled with more concurrency than its function has reserved.

    Lambda receives messages that the function can't take; they are throttled, and each time
    counts as a receive, until good messages land in the dead-letter queue.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: {code: worker, reserved: 10}, concurrency: {max: 50}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Keep `max` within what is reserved:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: {code: worker, reserved: 10}, concurrency: {max: 10}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    for consumer in subject.topology.consumers.values():
        function, most = consumer.function, consumer.concurrency
        if not isinstance(function, MadeFunction) or not isinstance(most, int):
            continue
        if function.reserved is None or most <= function.reserved or not subject.polls(consumer):
            continue
        yield found(
            consumer.place("concurrency", "max"),
            f"up to {most} at once, and the function of consumer `{consumer.name}` has"
            f" {function.reserved} reserved",
            f"write at most `max: {max(2, function.reserved)}`, or reserve {most}",
            label(consumer.place("function", "reserved"), "reserved here"),
        )
