"""A dead-letter queue is FIFO where it must be standard, or the other way round (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.source import Span
from msgc.topology.ends import Queue
from msgc.topology.narrowing import is_fifo


@rule("MSG435", "error")
def dead_letter_type_mismatch(subject: Subject) -> Iterator[Finding]:
    """A dead-letter queue is FIFO where AWS wants a standard one, or the other way round.

    A FIFO queue needs a FIFO dead-letter queue, a standard queue a standard one. The subscription
    of a FIFO queue to a FIFO topic needs a FIFO one; every other subscription, every rule and
    every function's `on_failure` a standard one. SQS, SNS and Lambda refuse the deployment;
    EventBridge takes it and then loses what it can't deliver.

    ```yaml
    queues:
      failed: {fifo: true, external: true, dead_letter: false}
      jobs: {messages: [OrderPlaced], external: true, dead_letter: {queue: failed}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Make both the same, or leave `dead_letter` out: msgc makes one of the right type.

    ```yaml
    queues:
      failed: {external: true, dead_letter: false}
      jobs: {messages: [OrderPlaced], external: true, dead_letter: {queue: failed}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    """
    for queue in subject.topology.queues.values():
        if queue.dead_letter and bool(queue.fifo) != bool(queue.dead_letter.queue.fifo):
            place = queue.place("dead_letter", "queue")
            yield _mismatch(place, named(queue), queue.dead_letter.queue, fifo=bool(queue.fifo))
    yield from _of_edges(subject)
    for consumer in subject.topology.consumers.values():
        if consumer.on_failure and consumer.on_failure.fifo:
            place = consumer.place("function", "on_failure")
            yield _mismatch(place, f"function `{consumer.name}`", consumer.on_failure, fifo=False)


def _of_edges(subject: Subject) -> Iterator[Finding]:
    for made in subject.links.sns_subscriptions:
        wants_fifo = made.topic.fifo is not None and is_fifo(made.target)
        for edge in made.edges:
            if edge.dead_letter and bool(edge.dead_letter.fifo) != wants_fifo:
                place, owner = edge.place("dead_letter"), f"subscription `{edge.name}`"
                yield _mismatch(place, owner, edge.dead_letter, fifo=wants_fifo)
    for each in subject.links.event_rules:
        if each.dead_letter and each.dead_letter.fifo and each.edge.says("dead_letter"):
            place, owner = each.edge.place("dead_letter"), f"rule `{each.edge.name}`"
            yield _mismatch(place, owner, each.dead_letter, fifo=False)
    for timed in subject.links.scheduled_sends:
        if timed.dead_letter and timed.dead_letter.fifo:
            place, owner = timed.edge.place("dead_letter"), f"schedule `{timed.edge.name}`"
            yield _mismatch(place, owner, timed.dead_letter, fifo=False)
    for bus in subject.topology.buses.values():
        if bus.dead_letter and bus.dead_letter.fifo:
            yield _mismatch(bus.place("dead_letter"), named(bus), bus.dead_letter, fifo=False)


def _mismatch(place: Span, owner: str, dead_letter: Queue, *, fifo: bool) -> Finding:
    wanted, given = ("FIFO", "standard") if fifo else ("standard", "FIFO")
    return found(
        place,
        f"the dead-letter queue of {owner} must be a {wanted} queue, and `{dead_letter.name}`"
        f" is a {given} one",
        (
            f"write `fifo: true` on queue `{dead_letter.name}`"
            if fifo
            else f"take `fifo` from queue `{dead_letter.name}`"
        )
        + ", or leave the dead-letter queue out: msgc makes the right one",
        label(dead_letter.place("fifo"), f"a {given} queue"),
    )
