"""A consumer has an option that does nothing for the way its messages come (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Consumer
from msgc.tree import Mapping

POLLING = ("batch", "concurrency", "partial_failures")
ASYNCHRONOUS = ("retries", "on_failure")


@rule("MSG466", "warning", absence=True)
def option_without_effect(subject: Subject) -> Iterator[Finding]:
    """A consumer has an option that does nothing for the way its messages come.

    `batch`, `concurrency` and `partial_failures` are about polling a queue. A topic and a bus
    invoke the function once a message, and there `function.retries` and `function.on_failure` say
    what becomes of failures; for messages from a queue its `dead_letter` does, also where a pipe
    asks the function for an answer.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {topic: orders}, function: {code: worker}, batch: {size: 5}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Put a queue in between, or take the option away:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {work: {}}
    subscriptions:
      to-work: {from: {topic: orders}, to: {queue: work}}
    consumers:
      worker: {from: {queue: work}, function: {code: worker}, batch: {size: 5}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
    """
    for consumer in subject.topology.consumers.values():
        polls = bool(subject.polls(consumer)) or subject.follows(consumer)
        is_invoked = subject.is_invoked(consumer)
        if is_invoked and not polls:
            for option in POLLING:
                yield from _unused(consumer, (option,), "a queue")
        is_asked = consumer.answers is not None
        if (polls or is_asked) and not is_invoked:
            for option in ASYNCHRONOUS:
                yield from _unused(consumer, ("function", option), "a topic or a bus")


def _unused(consumer: Consumer, path: tuple[str, ...], way: str) -> Iterator[Finding]:
    *above, option = path
    node = consumer.node
    for step in above:
        below = node.get(step) if isinstance(node, Mapping) else None
        if below is None:
            return
        node = below
    if not isinstance(node, Mapping) or option not in node.entries:
        return
    key = node.key(option).span
    if not consumer.node.span.holds(key):
        return  # it comes from `defaults`, which other consumers use
    yield found(
        key,
        f"`{option}` does nothing for consumer `{consumer.name}`: nothing comes to it from {way}",
        "take it away, or put a queue in between"
        if way == "a queue"
        else "take it away: the queue's `dead_letter` says what becomes of failures",
    )
