"""What can't be handled comes back from its dead-letter queue, again and again (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.loops import way_round
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.edges import Subscription
from msgc.topology.ends import Place, Queue
from msgc.topology.narrowing import as_place


@rule("MSG675", "warning")
def redrive_loop(subject: Subject) -> Iterator[Finding]:
    """A pipe leads what is in a dead-letter queue back to the queue that it comes from.

    A message that can't be handled is received, put aside, brought back and received again, for
    ever: nobody sees it, and each turn is paid for. The age that tells of a queue that isn't
    emptied begins anew each time.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    subscriptions:
      again: {from: {queue: jobs-dlq}, to: {queue: jobs}}
    consumers: {worker: {from: {queue: jobs}, function: {code: worker}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Let the messages lie, look at them, and move them back when the code is mended
    (`aws sqs start-message-move-task`); or let code decide, which counts the turns:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: {code: worker}}}
    producers:
      shop: {publishes: [{queue: jobs}]}
      redrive: {reads: [{queue: jobs-dlq}], publishes: [{queue: jobs}]}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
    """
    for queue in subject.topology.queues.values():
        for failing in subject.graph.poisoned_from(queue):
            way = _back(subject, queue, failing)
            if way:
                yield found(
                    way[0].place("to"),
                    f"what can't be handled in `{failing.name}` comes back to it for ever:"
                    f" {way_round(way)}",
                    "let the messages lie in the dead-letter queue until somebody has looked at"
                    " them",
                    label(failing.place("dead_letter"), "it is put aside here"),
                )


def _back(subject: Subject, start: Queue, end: Queue) -> tuple[Subscription, ...]:
    """Return the shortest way along edges that nothing on it decides about; none: there is none."""
    ways: list[tuple[Subscription, ...]] = [
        (edge,) for edge in subject.graph.subscriptions_from(start) if _passes_all(edge)
    ]
    seen: set[Place] = {start}
    for way in ways:
        place = as_place(way[-1].target)
        if place is end:
            return way
        if place is not None and place not in seen:
            seen.add(place)
            edges = subject.graph.subscriptions_from(place)
            ways += [(*way, edge) for edge in edges if _passes_all(edge) and _fits(way[-1], edge)]
    return ()


def _passes_all(edge: Subscription) -> bool:
    return not (edge.filter or edge.pattern or edge.enrich) and as_place(edge.target) is not None


def _fits(edge: Subscription, after: Subscription) -> bool:
    if edge.delivers_untyped or after.untyped:
        return True
    return not set(edge.delivered).isdisjoint(after.messages)
