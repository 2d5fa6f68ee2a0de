"""A consumer polls with more concurrency than its function has (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Consumer
from msgc.topology.settings import Pollers

BATCHES_AT_ONCE = 10
"""What one provisioned poller may invoke a function with (20,000 with 2,000 pollers)."""
LEAST = 2
"""The least that `max` can be."""


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

    A poller has up to ten batches at once; a consumer of two queues polls each of them with `max`.

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    for consumer in subject.topology.consumers.values():
        function, polls = consumer.made, len(subject.polls(consumer))
        if function is None or not function.reserved or not polls:
            continue
        match consumer.concurrency:
            case None:
                continue
            case Pollers(max=pollers):
                place = consumer.place("concurrency", "pollers", "max")
                needed = pollers * BATCHES_AT_ONCE * polls
            case int(most):
                place, needed = consumer.place("concurrency", "max"), most * polls
        if needed <= function.reserved:
            continue
        yield found(
            place,
            f"up to {needed} batches at once, and the function of consumer `{consumer.name}` has"
            f" {function.reserved} reserved",
            _remedy(consumer, function.reserved // polls, polls, needed),
            label(consumer.place("function", "reserved"), "reserved here"),
        )


def _remedy(consumer: Consumer, each: int, polls: int, needed: int) -> str:
    """Return what to write where each of the polls may have so many batches at once."""
    if isinstance(consumer.concurrency, Pollers) and each >= LEAST * BATCHES_AT_ONCE:
        return f"write at most `pollers: {{max: {each // BATCHES_AT_ONCE}}}`, or reserve {needed}"
    if each >= LEAST:
        return f"write `concurrency: {{max: {each}}}`, or reserve {needed}"
    least = f"with `concurrency: {{max: {LEAST}}}`, the least there is"
    return f"reserve at least {LEAST * polls}, {least}"
