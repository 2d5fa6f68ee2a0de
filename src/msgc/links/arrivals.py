"""Work out what reaches each consumer, types and envelopes, by walking the graph backwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from msgc.filtering.traffic import Traffic
from msgc.links import event_rules, sns_subscriptions
from msgc.links.model import (
    Arrival,
    EventRule,
    EventSourceMapping,
    Link,
    Service,
    SnsSubscription,
    Trigger,
)
from msgc.topology.edges import Subscription
from msgc.topology.ends import Consumer, Queue, Topic
from msgc.topology.graph import Graph


class Arrivals:
    """The shapes in which messages arrive, worked out once for each queue."""

    def __init__(
        self,
        graph: Graph,
        traffic: dict[Topic, Traffic],
        links: tuple[Link, ...],
    ) -> None:
        """`links` are those along which AWS hands messages on."""
        self._graph = graph
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
        """Return what an edge out of a topic or a bus brings to a function, or to a queue."""
        link = self._links[edge]
        match link:
            case SnsSubscription():
                traffic = self._traffic[link.topic]
                return sns_subscriptions.arrivals(edge, traffic, self._graph, in_queue=in_queue)
            case EventRule():
                return (event_rules.arrival(link, in_queue=in_queue),)
            case EventSourceMapping():
                return ()  # nobody hands on what is polled
            case _:
                assert_never(link)

    def service(self, edge: Subscription) -> Service:
        """Return the service, SNS or EventBridge, whose event a function gets along an edge."""
        link = self._links[edge]
        match link:
            case SnsSubscription():
                return "sns"
            case EventRule():
                return "eventbridge"
            case EventSourceMapping():
                return "sqs"
            case _:
                assert_never(link)

    def _into(self, queue: Queue) -> Iterable[Arrival]:
        yield from self._put(queue)
        for edge in self._graph.subscriptions_to(queue):
            yield from self.along(edge, in_queue=True)
        for source in self._graph.poisoned_from(queue):
            yield from self.at(source)
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
    mappings: tuple[EventSourceMapping, ...],
) -> tuple[Trigger, ...]:
    """Return what reaches each consumer: one for each queue it polls, one for each other event."""
    polled = {mapping.edge: mapping.queue for mapping in mappings}
    found: list[Trigger] = []
    for consumer in consumers:
        invoked: dict[Service, list[Arrival]] = {"sqs": [], "sns": [], "eventbridge": []}
        for edge in graph.subscriptions_to(consumer):
            queue = polled.get(edge)
            if queue is None:
                invoked[arrivals.service(edge)] += arrivals.along(edge, in_queue=False)
                continue
            at = arrivals.at(queue)
            found.append(Trigger(consumer=consumer, service="sqs", queue=queue, arrivals=at))
        found += (
            Trigger(consumer=consumer, service=service, queue=None, arrivals=tuple(shapes))
            for service, shapes in invoked.items()
            if shapes
        )
    return tuple(found)
