"""Sort the edges of a topology by the way in which AWS moves their messages."""

from __future__ import annotations

from typing import assert_never

from msgc.kinds import Way
from msgc.record import Record
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Queue, Topic
from msgc.topology.model import Topology


class TopicEdge(Record):
    """An edge that becomes an SNS subscription, or a part of one."""

    edge: Subscription
    topic: Topic


class BusEdge(Record):
    """An edge that becomes an event rule."""

    edge: Subscription
    bus: Bus


class PolledEdge(Record):
    """An edge that becomes an event source mapping."""

    edge: Subscription
    queue: Queue
    consumer: Consumer


class Edges(Record):
    """All edges, in the order of the file."""

    of_topics: tuple[TopicEdge, ...]
    of_buses: tuple[BusEdge, ...]
    polled: tuple[PolledEdge, ...]


def edges_of(topology: Topology) -> Edges:
    """Sort the edges of a topology by their way.

    `ValueError` for an edge out of a queue to anything but a function, which `resolve` refuses.
    """
    of_topics: list[TopicEdge] = []
    of_buses: list[BusEdge] = []
    polled: list[PolledEdge] = []
    for edge in topology.subscriptions.values():
        match edge.origin:
            case Topic() as topic:
                of_topics.append(TopicEdge(edge=edge, topic=topic))
            case Bus() as bus:
                of_buses.append(BusEdge(edge=edge, bus=bus))
            case Queue() as queue:
                polled.append(_polled(edge, queue))
            case _:
                assert_never(edge.origin)
    return Edges(of_topics=tuple(of_topics), of_buses=tuple(of_buses), polled=tuple(polled))


def _polled(edge: Subscription, queue: Queue) -> PolledEdge:
    """Return an edge out of a queue, with the consumer that polls it."""
    match edge.way:
        case Way.EVENT_SOURCE_MAPPING:
            consumer = edge.poller
            if consumer is None:
                message = f"`{edge.name}` is polled by nobody"
                raise ValueError(message)
            return PolledEdge(edge=edge, queue=queue, consumer=consumer)
        case Way.SNS_SUBSCRIPTION | Way.EVENT_RULE:
            message = f"`{edge.name}` leaves a queue"
            raise ValueError(message)
        case _:
            assert_never(edge.way)
