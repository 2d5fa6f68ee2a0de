"""A handler can't move what it gives up: no dead-letter queue of this file is there (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.stack.iam.grants import given_up_to
from msgc.topology.ends import Consumer, Producer


@rule("MSG695", "error", absence=True)
def nowhere_to_give_up(subject: Subject) -> Iterator[Finding]:
    """`verdicts` stands on somebody who polls or reads no queue with a dead-letter queue.

    A handler with `verdicts: true` may raise `DeadLetter`, which moves its message to the
    dead-letter queue of the queue that it came from. Messages that come without a queue have none,
    nor does a queue that is imported, as far as this file knows. On a producer, or on a consumer
    with `reads`, it is about the queues that its code reads by itself.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    consumers: {fraud: {from: {topic: orders}, function: provided, verdicts: true}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Let a queue stand between:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    consumers: {fraud: {from: {topic: orders}, buffered: true, function: provided, verdicts: true}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS:
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    for publisher in subject.topology.publishers:
        if publisher.gives_up and not given_up_to(publisher, subject.links):
            match publisher:
                case Consumer():
                    yield found(
                        publisher.place("verdicts"),
                        f"the handler of consumer `{publisher.name}` can't move messages: it polls"
                        " no queue that has a dead-letter queue here",
                        "poll a queue with one (`buffered: true` puts a queue between), or take"
                        " `verdicts` out",
                    )
                case Producer():
                    yield found(
                        publisher.place("verdicts"),
                        f"producer `{publisher.name}` can't move messages: it reads no queue that"
                        " has a dead-letter queue here",
                        "take `verdicts` out, or read a queue with one",
                    )
                case _:
                    assert_never(publisher)
