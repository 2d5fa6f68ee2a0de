"""Messages are given up after too few receives (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG443", "warning")
def receive_count_too_low(subject: Subject) -> Iterator[Finding]:
    """A queue gives its messages up after too few receives.

    A receive isn't an attempt: when Lambda is throttled, messages were received and never
    handled, so AWS asks for at least 5 where a function polls. Elsewhere 1 means that any hiccup
    of the network sends a good message to the dead-letter queue.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], dead_letter: {after: 2}}}
    consumers: {worker: {from: {queue: jobs}, function: provided}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Leave `after` out (5 where a function polls, else 3), or write at least 5:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], dead_letter: {after: 5}}}
    consumers: {worker: {from: {queue: jobs}, function: provided}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for queue in subject.declared_queues:
        if queue.dead_letter is None:
            continue
        polls = subject.polls(queue)
        after, least = queue.dead_letter.after, 5 if polls else 2
        if not 1 <= after < least:
            continue
        reader = f"the function of consumer `{polls[0].consumer.name}`" if polls else "a reader"
        yield found(
            queue.place("dead_letter", "after"),
            f"after {after} {'receive' if after == 1 else 'receives'}, messages of queue"
            f" `{queue.name}` are given up, even if {reader} never saw them",
            f"write at least `after: {least if polls else 3}`, or leave it out",
            *(label(poll.consumer.key, "polled here") for poll in polls[:1]),
        )
