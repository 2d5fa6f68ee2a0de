"""`Graph`: look up what feeds and what reads each place, and find cycles."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar, assert_never

from msgc.topology.edges import Subscription
from msgc.topology.ends import (
    Bus,
    Consumer,
    End,
    Outside,
    Place,
    Publication,
    Publisher,
    Queue,
    Topic,
    Vertex,
)
from msgc.topology.messages import Message
from msgc.topology.model import Topology

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Step:
    """One step that a message can take: along a subscription, or out of a consumer's code."""

    __slots__ = ("_delivered", "is_forward", "messages", "start", "stop", "untyped", "via")

    def __init__(
        self,
        via: Subscription | Publication,
        start: Vertex,
        stop: End,
        messages: tuple[Message, ...],
        *,
        untyped: bool,
    ) -> None:
        """`messages` and `untyped` say what takes the step; `via` what arrives."""
        self.via = via
        self.is_forward = via.forwards_to is not None
        """Whether it goes from a bus to a bus."""
        self.start = start
        self.stop = stop
        self.messages = messages
        self.untyped = untyped
        self._delivered: frozenset[Message] | None = None

    def leads_to(self, other: Step) -> bool:
        """Whether a message that took this step can take the other one next."""
        if self.stop is not other.start:
            return False
        if self.is_forward and other.is_forward:
            return False  # EventBridge puts an event on another bus once only
        if self.via.delivers_untyped or other.untyped:
            return True
        match self.stop:
            case Consumer():
                return True  # a handler publishes whatever it likes
            case Queue() | Topic() | Bus() | Outside():
                return not self._delivered_set().isdisjoint(other.messages)
            case _:
                assert_never(self.stop)

    def _delivered_set(self) -> frozenset[Message]:
        """Return what arrives as a set, which most steps are never asked for."""
        if self._delivered is None:
            self._delivered = frozenset(self.via.delivered)
        return self._delivered


class Graph:
    """Indexes over a topology, made in a single pass over its edges."""

    def __init__(self, topology: Topology) -> None:
        edges = topology.subscriptions.values()
        self._heirs = topology.replacements.heirs
        self._from = _index((edge.origin, edge) for edge in edges)
        self._to = _index((edge.target, edge) for edge in edges)
        self.asking = tuple(edge for edge in edges if edge.asks is not None)
        """The edges along which a consumer is asked."""
        self._failing = _index((e.dead_letter, e) for e in edges if e.dead_letter is not None)
        self._failed_calls = _index(
            (c.on_failure, c) for c in topology.consumers.values() if c.on_failure is not None
        )
        self._poison = _index(
            (queue.dead_letter.queue, queue)
            for queue in topology.queues.values()
            if queue.dead_letter is not None
        )
        self._publishers = _index(
            (publication.target, publisher)
            for publisher in topology.publishers
            for publication in topology.publications(publisher)
        )
        self._readers = _index(
            (queue, publisher)
            for publisher in topology.publishers
            for queue in topology.reads(publisher)
        )
        self._by_stubs, self._bare = (
            _index(
                (publication.target, message)
                for publisher in topology.publishers
                if publisher.stubs is stubs
                for publication in topology.publications(publisher)
                for message in publication.messages
            )
            for stubs in (True, False)
        )
        self._untyped = {
            publication.target
            for publisher in topology.publishers
            for publication in topology.publications(publisher)
            if publication.untyped
        }
        self._sent = _index(
            (edge.target, message)
            for edge in edges
            if edge.send is not None
            for message in edge.delivered
        )
        self._steps = [*_steps(topology)]

    def subscriptions_from(self, place: Place) -> tuple[Subscription, ...]:
        """Return the edges that leave a place."""
        return tuple(self._from.get(place, ()))

    def subscriptions_to(self, target: End) -> tuple[Subscription, ...]:
        """Return the edges that arrive at a place or a consumer."""
        return tuple(self._to.get(target, ()))

    def brought_to(self, place: Place) -> tuple[Subscription, ...]:
        """Return the edges that bring messages to a place, or did so until it was replaced."""
        heir = self._heirs.get(place)
        edges = self.subscriptions_to(place)
        return edges if heir is None else (*edges, *self.subscriptions_to(heir))

    def publishers_to(self, place: Place) -> tuple[Publisher, ...]:
        """Return the producers and consumers that put messages on a place."""
        return tuple(self._publishers.get(place, ()))

    def readers_of(self, queue: Queue) -> tuple[Publisher, ...]:
        """Return the producers and consumers whose own code takes messages out of a queue."""
        return tuple(self._readers.get(queue, ()))

    def put_on(self, place: Place) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
        """Return the messages of a place that come with attributes, and those that come bare.

        Generated code sends attributes, other code (`stubs: false`) doesn't; some come both ways.
        """
        bare = self._bare.get(place, ())
        by_stubs = self._by_stubs.get(place, ())
        other = (*bare, *self._sent.get(place, ()))
        return tuple(m for m in place.messages if m not in other or m in by_stubs), tuple(bare)

    def takes_anything(self, place: Place) -> bool:
        """Whether somebody puts messages on a place of which the file doesn't say what they are."""
        return place in self._untyped

    def poisoned_from(self, queue: Queue) -> tuple[Queue, ...]:
        """Return the queues whose dead-letter queue this one is."""
        return tuple(self._poison.get(queue, ()))

    def undelivered_from(self, queue: Queue) -> tuple[Subscription, ...]:
        """Return the edges whose dead letters come here."""
        return tuple(self._failing.get(queue, ()))

    def failed_calls_from(self, queue: Queue) -> tuple[Consumer, ...]:
        """Return the consumers whose failed asynchronous invocations come here."""
        return tuple(self._failed_calls.get(queue, ()))

    def cycles(self) -> tuple[tuple[Step, ...], ...]:
        """Return cycles on which a message comes back to where it was.

        Every step that lies on some cycle is in one of them. Message types count: a consumer that
        publishes B to the topic that it takes A from makes no cycle. Nor do buses by themselves:
        between them nothing goes further than to the next one.
        """
        return circles(_followers(self._steps))


def circles(followers: dict[_K, list[_K]]) -> tuple[tuple[_K, ...], ...]:
    """Return cycles of steps, given what follows each; every step on a cycle is in one."""
    found: list[tuple[_K, ...]] = []
    seen: set[_K] = set()
    for step in followers:
        if step not in seen:
            cycle = _shortest_cycle(step, followers)
            seen.update(cycle)
            if cycle:
                found.append(cycle)
    return tuple(found)


def _index(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    """Group values by key, each value once and in order."""
    found: dict[_K, dict[_V, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: list(values) for key, values in found.items()}


def _followers(steps: list[Step]) -> dict[Step, list[Step]]:
    """Map each step that may lie on a cycle to those that can come next.

    Loose ends are cut off before steps are joined, so that a graph without cycles costs two
    passes, however many edges meet at a place.
    """
    forwards = without_loose_ends([(step.start, step.stop, step) for step in steps])
    ordered = without_loose_ends([(step.stop, step.start, step) for step in forwards])
    leaving = _index((step.start, step) for step in ordered)
    return {
        step: [after for after in leaving.get(step.stop, ()) if step.leads_to(after)]
        for step in ordered
    }


def without_loose_ends(steps: list[tuple[Vertex, Vertex, _K]]) -> list[_K]:
    """Drop the steps out of nodes that nothing leads to, until there are none left (Kahn)."""
    leaving = _index((start, (stop, step)) for start, stop, step in steps)
    arriving: dict[Vertex, int] = {}
    for _, stop, _ in steps:
        arriving[stop] = arriving.get(stop, 0) + 1
    loose = [start for start in leaving if start not in arriving]
    dropped: set[_K] = set()
    while loose:
        for stop, step in leaving.get(loose.pop(), ()):
            dropped.add(step)
            arriving[stop] -= 1
            if not arriving[stop]:
                loose.append(stop)
    return [step for _, _, step in steps if step not in dropped]


def _shortest_cycle(first: _K, followers: dict[_K, list[_K]]) -> tuple[_K, ...]:
    before: dict[_K, _K] = {}
    waiting = deque([first])
    while waiting:
        step = waiting.popleft()
        for after in followers[step]:
            if after is first:
                way = [step]
                while way[-1] is not first:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if after not in before:
                before[after] = step
                waiting.append(after)
    return ()


def _steps(topology: Topology) -> Iterator[Step]:
    """Yield all that messages can do next: take an edge, be asked about, be published."""
    for edge in topology.subscriptions.values():
        yield Step(edge, edge.origin, edge.target, edge.messages, untyped=edge.untyped)
    for edge in topology.subscriptions.values():
        if edge.asks is not None:
            yield Step(edge, edge.origin, edge.asks, edge.messages, untyped=edge.untyped)
    for consumer in topology.consumers.values():
        for made in consumer.publishes:
            yield Step(made, consumer, made.target, made.messages, untyped=False)
