"""Work out what reaches each consumer, types and envelopes, by walking the graph backwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from msgc.filtering.traffic import Traffic
from msgc.links import event_rules, pipes, scheduled_sends, sns_subscriptions, streams
from msgc.links.edges import PipedEdge, StreamEdge
from msgc.links.mechanisms import (
    EventRule,
    EventSourceMapping,
    LongPoll,
    ScheduledSend,
    SnsSubscription,
)
from msgc.links.model import Arrival, Service, Trigger
from msgc.topology.edges import Subscription
from msgc.topology.ends import Consumer, Place, Queue, Topic
from msgc.topology.graph import Graph
from msgc.topology.narrowing import as_queue

INVOKED: tuple[Service, ...] = (
    "kinesis",
    "dynamodb",
    "sns",
    "eventbridge",
    "pipe",
    "direct",
    "enrichment",
)
"""Whose events aren't those of one queue."""


class Arrivals:
    """The shapes in which messages arrive, worked out once for each queue."""

    def __init__(
        self,
        graph: Graph,
        traffic: dict[Topic, Traffic],
        links: tuple[SnsSubscription | EventRule | ScheduledSend | StreamEdge | PipedEdge, ...],
        heirs: dict[Place, Place],
    ) -> None:
        """`links` are those along which AWS hands messages on, `heirs` what replaces a place."""
        self._graph = graph
        self._heirs = heirs
        self._traffic = traffic
        self._links = {edge: link for link in links for edge in link.edges}
        self._queues: dict[Queue, tuple[Arrival, ...]] = {}

    def at(self, queue: Queue) -> tuple[Arrival, ...]:
        """Return everything that arrives in a queue."""
        if queue not in self._queues:
            self._queues[queue] = ()  # a cycle of dead-letter queues brings nothing new
            self._queues[queue] = tuple(self._into(queue))
        return self._queues[queue]

    def along(self, edge: Subscription, *, in_queue: bool) -> Iterable[Arrival]:
        """Return what an edge brings to a function, unless that polls, or to a queue."""
        link = self._links[edge]
        match link:
            case SnsSubscription():
                traffic = self._traffic[link.topic]
                return sns_subscriptions.arrivals(edge, traffic, self._graph, in_queue=in_queue)
            case EventRule():
                return (event_rules.arrival(link, in_queue=in_queue),)
            case StreamEdge():
                return (streams.arrival(edge),)
            case PipedEdge():
                return (pipes.arrival(edge),)
            case ScheduledSend():
                return (scheduled_sends.arrival(edge),)
            case _:
                assert_never(link)

    def service(self, edge: Subscription) -> Service:
        """Return whose event a function gets along an edge that invokes it."""
        link = self._links[edge]
        match link:
            case SnsSubscription():
                return "sns"
            case EventRule():
                return "eventbridge" if edge.brings_events else "direct"
            case StreamEdge(stream=stream):
                return stream.service
            case PipedEdge():
                return "pipe"
            case ScheduledSend():
                return "direct"
            case _:
                assert_never(link)

    def asked(self, edge: Subscription) -> tuple[Arrival, ...]:
        """Return what a pipe asks a function about: payloads, or records of a table's stream."""
        return (
            Arrival(
                envelopes=(),
                attributes=False,
                messages=edge.messages,
                untyped=edge.untyped,
                edges=(edge,),
            ),
        )

    def _into(self, queue: Queue) -> Iterable[Arrival]:
        yield from self._put(queue)
        for edge in self._graph.subscriptions_to(queue):
            yield from self.along(edge, in_queue=True)
        for source in self._graph.poisoned_from(queue):
            yield from self.at(source)
        heir = as_queue(self._heirs[queue]) if queue in self._heirs else None
        if heir is not None:  # what comes there now came here before, and may wait still
            yield from self.at(heir)
        failing = self._graph.undelivered_from(queue)
        if failing or self._graph.failed_calls_from(queue):
            # SNS, EventBridge and Lambda each wrap in their own way what they could not deliver.
            yield Arrival(envelopes=(), attributes=False, messages=(), untyped=True, edges=failing)

    def _put(self, queue: Queue) -> Iterable[Arrival]:
        """Yield what producers put into a queue: generated code sends the type beside it."""
        with_type, bare = self._graph.put_on(queue)
        for attributes, messages in ((True, with_type), (False, bare)):
            if messages:
                yield Arrival(
                    envelopes=(),
                    attributes=attributes,
                    messages=messages,
                    untyped=False,
                    edges=(),
                )
        if self._graph.takes_anything(queue):
            yield Arrival(envelopes=(), attributes=False, messages=(), untyped=True, edges=())


def triggers(
    consumers: Iterable[Consumer],
    graph: Graph,
    arrivals: Arrivals,
    polls: tuple[EventSourceMapping | LongPoll, ...],
) -> tuple[Trigger, ...]:
    """Return what reaches each consumer: one for each queue it polls, one for each other event.

    What reaches a worker whose code isn't Python is nobody's concern here.
    """
    asking: dict[Consumer, list[Subscription]] = {}
    for edge in graph.asking:
        if edge.asks is not None:
            asking.setdefault(edge.asks, []).append(edge)
    polled = {poll.edge: poll.queue for poll in polls}
    found: list[Trigger] = []
    for consumer in consumers:
        if not consumer.has_handler:
            continue
        invoked: dict[Service, list[Arrival]] = {service: [] for service in INVOKED}
        for edge in graph.subscriptions_to(consumer):
            queue = polled.get(edge)
            if queue is None:
                invoked[arrivals.service(edge)] += arrivals.along(edge, in_queue=False)
                continue
            at = arrivals.at(queue)
            found.append(Trigger(consumer=consumer, service="sqs", queue=queue, arrivals=at))
        for edge in asking.get(consumer, ()):
            invoked["enrichment"] += arrivals.asked(edge)
        found += (
            Trigger(consumer=consumer, service=service, queue=None, arrivals=tuple(shapes))
            for service, shapes in invoked.items()
            if shapes
        )
    return tuple(found)
