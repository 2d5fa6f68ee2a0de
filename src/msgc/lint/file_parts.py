"""Parts that a file may have or not: what is only about one of them needn't look at other files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

from msgc.topology.ends import Bus, Consumer, Outside, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.settings import (
    ByArn,
    ByParameter,
    GivenFunction,
    MadeFunction,
    Pollers,
    Provided,
)
from msgc.topology.units import DEFAULT_QUEUE_SIZE, DEFAULT_TOPIC_SIZE

Part = Callable[[Topology], bool]
"""Whether a file has it."""


def anything(_: Topology) -> bool:
    """What every file has."""
    return True


def topics(topology: Topology) -> bool:
    """A topic."""
    return bool(topology.topics)


def buses(topology: Topology) -> bool:
    """A bus, the account's own if something leads from there."""
    return bool(topology.buses)


def consumers(topology: Topology) -> bool:
    """A consumer."""
    return bool(topology.consumers)


def fifo(topology: Topology) -> bool:
    """A FIFO queue or topic."""
    return any(queue.fifo for queue in topology.queues.values()) or any(
        topic.fifo for topic in topology.topics.values()
    )


def forwarding(topology: Topology) -> bool:
    """A subscription from bus to bus."""
    return any(edge.forwards_to is not None for edge in topology.subscriptions.values())


def patterns(topology: Topology) -> bool:
    """A subscription with a `pattern`."""
    return any(edge.pattern is not None for edge in topology.subscriptions.values())


def poll_filters(topology: Topology) -> bool:
    """A `filter` on what a consumer reads from a queue."""
    return any(edge.filter and edge.way.is_polled for edge in topology.subscriptions.values())


def plain_http(topology: Topology) -> bool:
    """A subscription to an `http` URL."""
    return any(edge.delivery.protocol == "http" for edge in topology.subscriptions.values())


def sizes(topology: Topology) -> bool:
    """A queue or topic with a `max_size`."""
    return any(queue.max_size != DEFAULT_QUEUE_SIZE for queue in topology.queues.values()) or any(
        topic.max_size != DEFAULT_TOPIC_SIZE for topic in topology.topics.values()
    )


def dead_letters_off(topology: Topology) -> bool:
    """A queue or a subscription that has no dead-letter queue."""
    return any(
        queue.is_declared and queue.dead_letter is None for queue in topology.queues.values()
    ) or any(
        edge.dead_letter is None and not edge.way.is_polled
        for edge in topology.subscriptions.values()
    )


def reserved(topology: Topology) -> bool:
    """A function with `reserved` concurrency."""
    return any(function.reserved is not None for function in _made(topology))


def pollers(topology: Topology) -> bool:
    """A consumer with `pollers` of its own."""
    return any(isinstance(each.concurrency, Pollers) for each in topology.consumers.values())


def environments(topology: Topology) -> bool:
    """A function with an `environment`."""
    return any(function.environment for function in _made(topology))


def arns(topology: Topology) -> bool:
    """Something that exists already, named by its ARN; layers have no other name."""
    return any(_is_by_arn(each) for each in _existing(topology)) or any(
        function.layers for function in _made(topology)
    )


def _is_by_arn(address: ByArn | ByParameter | Provided | None) -> bool:
    match address:
        case ByArn():
            return True
        case ByParameter() | Provided() | None:
            return False
        case _:
            assert_never(address)


def _existing(topology: Topology) -> Iterator[ByArn | ByParameter | Provided | None]:
    """Yield where everything is that the stack doesn't make."""
    for topic in topology.topics.values():
        yield topic.imported
    for bus in topology.buses.values():
        yield bus.imported
    for producer in topology.producers.values():
        yield producer.role
    for consumer in topology.consumers.values():
        match consumer.function:
            case GivenFunction() as given:
                yield given.address
            case MadeFunction():
                pass
            case _:
                assert_never(consumer.function)
    for edge in topology.subscriptions.values():
        match edge.target:
            case Outside() as outside:
                yield outside.address
            case Queue() | Topic() | Bus() | Consumer():
                pass
            case _:
                assert_never(edge.target)


def _made(topology: Topology) -> Iterator[MadeFunction]:
    """Yield the functions that the stack makes."""
    for consumer in topology.consumers.values():
        match consumer.function:
            case MadeFunction() as function:
                yield function
            case GivenFunction():
                pass
            case _:
                assert_never(consumer.function)
