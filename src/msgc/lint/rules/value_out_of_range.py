"""A duration or a size is outside what AWS takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.ranges import LIMITS, Limit
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Declared, Queue
from msgc.topology.model import Topology
from msgc.topology.units import duration, size


@rule("MSG601", "error")
def value_out_of_range(subject: Subject) -> Iterator[Finding]:
    """A duration or a size is outside what AWS takes.

    The resource is refused when the stack is deployed.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: true, delay: 20m}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    The message gives the range; a queue delays messages for 15 minutes at most.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: true, delay: 15m}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    """
    for limit in LIMITS:
        for declared in _declared(subject.topology, limit):
            value = limit.value(declared)
            if value is None or limit.least <= value <= limit.most:
                continue
            yield found(
                declared.place(*limit.path),
                f"`{limit.path[-1]}` of {limit.of} `{declared.name}` is {_spelled(limit, value)},"
                f" and {limit.service} takes {_spelled(limit, limit.least)} to"
                f" {_spelled(limit, limit.most)}",
                f"see {limit.source}",
            )


def _declared(topology: Topology, limit: Limit) -> list[Declared]:
    match limit.of:
        case "queue":
            return [q for q in topology.queues.values() if _has_own(q, limit)]
        case "topic":
            return [t for t in topology.topics.values() if t.imported is None]
        case "consumer":
            return list(topology.consumers.values())
        case "subscription":
            return list(topology.subscriptions.values())


def _has_own(queue: Queue, limit: Limit) -> bool:
    """Whether the option is the queue's own; a derived queue takes over what its source has."""
    return queue.is_declared or limit.path == ("retention",)


def _spelled(limit: Limit, value: int) -> str:
    if limit.unit == "seconds":
        return duration(value)
    return size(value) if limit.unit == "bytes" else str(value)
