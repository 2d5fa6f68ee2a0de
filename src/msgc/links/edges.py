"""Sort the edges of a topology by the way in which AWS moves their messages."""

from __future__ import annotations

from typing import assert_never

from msgc.record import Record
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.origins import Schedule, Stream


class TopicEdge(Record):
    """An edge that becomes an SNS subscription, or a part of one."""

    edge: Subscription
    topic: Topic


class BusEdge(Record):
    """An edge that becomes an event rule."""

    edge: Subscription
    bus: Bus


class ScheduledEdge(Record):
    """An edge that becomes a schedule."""

    edge: Subscription
    schedule: Schedule


class PolledEdge(Record):
    """An edge out of a queue to what polls it: a function, or a worker."""

    edge: Subscription
    queue: Queue
    consumer: Consumer


class StreamEdge(Record):
    """An edge that becomes an event source mapping on a stream."""

    edge: Subscription
    stream: Stream
    consumer: Consumer

    @property
    def edges(self) -> tuple[Subscription, ...]:
        """The edge, as the edges that every link has."""
        return (self.edge,)


class PipedEdge(Record):
    """An edge that becomes a pipe."""

    edge: Subscription
    origin: Queue | Stream

    @property
    def edges(self) -> tuple[Subscription, ...]:
        """The edge, as the edges that every link has."""
        return (self.edge,)


class Edges(Record):
    """All edges, in the order of the file."""

    of_topics: tuple[TopicEdge, ...]
    of_buses: tuple[BusEdge, ...]
    polled: tuple[PolledEdge, ...]
    """By functions: they become event source mappings."""
    worked: tuple[PolledEdge, ...]
    """By workers."""
    streamed: tuple[StreamEdge, ...]
    piped: tuple[PipedEdge, ...]
    scheduled: tuple[ScheduledEdge, ...]


def edges_of(topology: Topology) -> Edges:
    """Sort the edges of a topology by their way."""
    of_topics: list[TopicEdge] = []
    of_buses: list[BusEdge] = []
    polled: list[PolledEdge] = []
    streamed: list[StreamEdge] = []
    worked: list[PolledEdge] = []
    piped: list[PipedEdge] = []
    scheduled: list[ScheduledEdge] = []
    for edge in topology.subscriptions.values():
        match edge.origin:
            case Topic() as topic:
                of_topics.append(TopicEdge(edge=edge, topic=topic))
            case Bus() as bus:
                of_buses.append(BusEdge(edge=edge, bus=bus))
            case Queue() as queue:
                if (consumer := edge.poller) is not None:
                    reader = PolledEdge(edge=edge, queue=queue, consumer=consumer)
                    (polled if consumer.worker is None else worked).append(reader)
                else:
                    piped.append(PipedEdge(edge=edge, origin=queue))
            case Stream() as stream:
                if (consumer := edge.poller) is not None:
                    streamed.append(StreamEdge(edge=edge, stream=stream, consumer=consumer))
                else:
                    piped.append(PipedEdge(edge=edge, origin=stream))
            case Schedule() as schedule:
                scheduled.append(ScheduledEdge(edge=edge, schedule=schedule))
            case _:
                assert_never(edge.origin)
    return Edges(
        of_topics=tuple(of_topics),
        of_buses=tuple(of_buses),
        polled=tuple(polled),
        streamed=tuple(streamed),
        worked=tuple(worked),
        piped=tuple(piped),
        scheduled=tuple(scheduled),
    )
