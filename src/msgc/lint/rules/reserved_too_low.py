"""A polling function has less concurrency reserved than Lambda starts with (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject

STARTS_WITH = 5
"""Batches that Lambda has at once when a queue's first messages come."""


@rule("MSG464", "warning")
def reserved_too_low(subject: Subject) -> Iterator[Finding]:
    """A function that polls a queue has less than five reserved, and no limit on the poll.

    Lambda starts with five batches at once. What the function can't take is throttled, and each
    time counts as a receive, until good messages land in the dead-letter queue. With
    `reserved: 0`, a function never runs at all, however it is invoked.

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
        reserved = consumer.made.reserved if consumer.made else None
        if reserved is None:
            continue
        polls = len(subject.polls(consumer))
        if reserved == 0:
            yield found(
                consumer.place("function", "reserved"),
                f"the function of consumer `{consumer.name}` has nothing reserved, so it never"
                " runs: its messages are tried until they end where failures go",
                "leave `reserved` out, or reserve what it needs",
            )
        elif consumer.concurrency is None and polls and reserved < STARTS_WITH * polls:
            most = reserved // polls
            limit = f"limit the poll: `concurrency: {{max: {most}}}`, or " if most >= 2 else ""
            yield found(
                consumer.place("function", "reserved"),
                f"Lambda polls with {STARTS_WITH * polls} at once, and the function of consumer"
                f" `{consumer.name}` has {reserved} reserved",
                f"{limit}reserve {STARTS_WITH * polls}",
            )
