"""A duration or a size is outside what AWS takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.limits.ranges import RANGES, Range
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.declared import Declared
from msgc.topology.ends import Queue
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
    for allowed in RANGES:
        for declared in _declared(subject.topology, allowed):
            value = allowed.value(declared)
            if value is None or allowed.least <= value <= allowed.most:
                continue
            yield found(
                declared.place(*allowed.path),
                f"`{allowed.path[-1]}` of {allowed.of} `{declared.name}` is"
                f" {_spelled(allowed, value)}, and {allowed.service} takes"
                f" {_spelled(allowed, allowed.least)} to {_spelled(allowed, allowed.most)}",
                f"see {allowed.source}",
            )


def _declared(topology: Topology, allowed: Range) -> list[Declared]:
    match allowed.of:
        case "queue":
            return [q for q in topology.queues.values() if _has_own(q, allowed)]
        case "topic":
            return [t for t in topology.topics.values() if t.imported is None]
        case "consumer":
            return list(topology.consumers.values())
        case "subscription":
            return list(topology.subscriptions.values())


def _has_own(queue: Queue, allowed: Range) -> bool:
    """Whether the option is the queue's own; a derived queue takes over what its source has."""
    return queue.is_declared or allowed.path == ("retention",)


def _spelled(allowed: Range, value: int) -> str:
    if allowed.unit == "seconds":
        return duration(value)
    return size(value) if allowed.unit == "bytes" else str(value)
