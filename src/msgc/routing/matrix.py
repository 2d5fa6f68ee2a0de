"""For every message and receiver whether it never, possibly or always gets there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.filtering.edge_filter import VisibleValues
from msgc.patterns.satisfiability import satisfiable
from msgc.patterns.satisfiability.matcher_verdicts import Verdict
from msgc.record import Record
from msgc.routing.input import places_of
from msgc.runtime.matching.matching import Pattern
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, End, Place, Queue, Topic
from msgc.topology.graph import Graph
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import as_place
from msgc.topology.origins import Schedule, Stream


class Row(Record):
    """A message at a place, and its chances with each receiver of the matrix."""

    message: Message
    place: Place | Schedule
    """Where it is published, or what sends it."""
    verdicts: tuple[Verdict, ...]


class Matrix(Record):
    """All messages and all receivers."""

    receivers: tuple[End, ...]
    """Where messages end: queues, consumers, and endpoints; each endpoint once."""
    rows: tuple[Row, ...]


def matrix(topology: Topology) -> Matrix:
    """Return the chances of every message, wherever it is published, with every receiver.

    By the filters and the schemas alone: *never* and *always* are certain. Filters that one
    message meets on its way are judged one by one.
    """
    edges = tuple(topology.subscriptions.values())
    receivers = dict.fromkeys(
        (
            *(queue for queue in topology.queues.values() if queue.is_declared),
            *topology.consumers.values(),
            *(edge.target for edge in edges if as_place(edge.target) is None),
        )
    )
    chances = _Chances(topology)
    rows = [
        Row(message=message, place=place, verdicts=chances.of(message, place, tuple(receivers)))
        for message in topology.messages.values()
        for place in places_of(topology, message)
    ]
    for edge in edges:
        match edge.origin:
            case Schedule() as schedule:
                rows += _of_schedule(edge, schedule, chances, tuple(receivers))
            case Queue() | Topic() | Bus() | Stream():
                pass  # what is published there has a row of its own
            case _:
                assert_never(edge.origin)
    return Matrix(receivers=tuple(receivers), rows=tuple(rows))


def _of_schedule(
    edge: Subscription, schedule: Schedule, chances: _Chances, receivers: tuple[End, ...]
) -> Iterator[Row]:
    """Yield the row of what a schedule sends, if it says what that is."""
    target = as_place(edge.target)
    for message in edge.made:
        verdicts: tuple[Verdict, ...] = tuple(
            "always" if each is edge.target and edge.enabled else "never" for each in receivers
        )
        if target is not None and edge.enabled:
            verdicts = chances.of(message, target, receivers)
        yield Row(message=message, place=schedule, verdicts=verdicts)


def _beyond(edge: Subscription, message: Message | None) -> Message | None:
    """Return what comes to the target of an edge that a message takes; None: it may be anything."""
    if edge.send is not None:
        return edge.send.message
    return message if edge.enrich is None else next(iter(edge.answered), None)


class _Chances:
    """How sure it is that a message takes an edge, each looked at once."""

    def __init__(self, topology: Topology) -> None:
        self._graph = Graph(topology)
        self._visible = VisibleValues()
        self._patterns: dict[Subscription, Pattern] = {}

    def of(self, message: Message, start: Place, receivers: tuple[End, ...]) -> tuple[Verdict, ...]:
        always = self._reached(message, start, frozenset({"always"}))
        ever = self._reached(message, start, frozenset({"always", "possible"}))
        return tuple(
            "always" if r in always else "possible" if r in ever else "never" for r in receivers
        )

    def _reached(
        self, message: Message, start: Place, wanted: frozenset[Verdict]
    ) -> frozenset[End]:
        """Return what is reached by edges of these verdicts alone."""
        reached: set[tuple[End, Message | None]] = {(start, message)}
        todo: list[tuple[Place, Message | None]] = [(start, message)]
        while todo:
            place, here = todo.pop()
            for edge in self._graph.subscriptions_from(place):
                if edge.forwards_to is not None and place is not start:
                    continue  # forwarded already, which EventBridge does once only
                sent = _beyond(edge, here)
                known = (edge.target, sent) in reached
                if not known and self._verdict(here, edge) in wanted:
                    reached.add((edge.target, sent))
                    if edge.asks is not None:
                        reached.add((edge.asks, here))
                    beyond = as_place(edge.target)
                    if beyond is not None:
                        todo.append((beyond, sent))
        return frozenset(end for end, _ in reached)

    def _verdict(self, message: Message | None, edge: Subscription) -> Verdict:
        if not edge.enabled:
            return "never"
        if message is None:
            return "possible"
        typed = edge.pattern is None and "messages" in edge.way.options and not edge.untyped
        if typed and message not in edge.messages:
            return "never"
        written = edge.pattern or edge.filter
        if not written:
            return "always"
        if edge not in self._patterns:
            self._patterns[edge] = Pattern(written)
        payload_values = self._visible.payload_values(message, event=edge.pattern is not None)
        return satisfiable(self._patterns[edge], payload_values).verdict
