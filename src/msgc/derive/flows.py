"""Derive which messages take which edge, along the graph from producers to consumers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from msgc.derive.derivation import Derivation
from msgc.diagnostics import Label
from msgc.record import OPEN
from msgc.resolve import codes
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Origin, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.narrowing import kind_of
from msgc.topology.origins import Schedule, Stream


def flows(derivation: Derivation) -> None:
    """Fill in which messages take each edge; report those that it names and that can't be there."""
    found = _Flows(derivation)
    for edge in derivation.edges:
        flow = found.through(edge)
        why = "it names them" if edge.named is not None else f"what `{edge.origin.name}` carries"
        derivation.settle(edge, "messages", flow.listed(), why)
        if edge.untyped is OPEN:
            derivation.settle(edge, "untyped", flow.untyped, why)


class _Flow:
    """The messages at one point: known types, and whether there may be others."""

    __slots__ = ("_listed", "known", "messages", "untyped")

    def __init__(self) -> None:
        self.messages: dict[Message, None] = {}
        self.untyped = False
        self.known = True
        """Whether no mistake hides some of the types."""
        self._listed: tuple[Message, ...] | None = None

    def listed(self) -> tuple[Message, ...]:
        """Return the messages once all are there: one tuple for all edges out of a place."""
        if self._listed is None:
            self._listed = tuple(self.messages)
        return self._listed

    def add(self, other: _Flow) -> None:
        self.messages.update(other.messages)
        self.untyped = self.untyped or other.untyped
        self.known = self.known and other.known


class _Flows:
    """Works out the messages of edges and places, by following edges backwards."""

    def __init__(self, derivation: Derivation) -> None:
        self._derivation = derivation
        self._into: dict[object, list[Subscription]] = {}
        for edge in derivation.edges:
            self._into.setdefault(edge.target, []).append(edge)
        self._dead: dict[Origin, list[Queue]] = {}
        self._failures: set[Origin] = set()
        for queue in derivation.queues.values():
            if queue.kind == "undelivered":
                self._failures.add(queue)
            if queue.dead_letter is not None:
                self._dead.setdefault(queue.dead_letter.queue, []).append(queue)
        self._at_places: dict[Origin, _Flow] = {}
        self._named: dict[Subscription, tuple[Message, ...] | None] = {}
        self._heirs: Mapping[Any, Origin] = derivation.heirs

    def through(self, edge: Subscription) -> _Flow:
        """Return the messages that take an edge."""
        flow = _Flow()
        match edge.origin:
            case Schedule():  # nothing comes in: what it sends is what takes it
                flow.messages = dict.fromkeys(edge.made)
                flow.untyped = not edge.made
                return flow
            case Queue() | Topic() | Bus() | Stream():
                pass
            case _:
                assert_never(edge.origin)
        named = self._narrowed(edge)
        if edge.untyped is True:
            flow.untyped = True
        elif named is not None:
            flow.messages = dict.fromkeys(named)
        elif edge.pattern is not None:
            flow.untyped = True  # a raw pattern says nothing of types unless `messages` does
        elif edge.forwards_to is not None:
            # What another bus forwarded to this one goes no further.
            flow.messages = dict.fromkeys(edge.origin.messages)
        else:
            return self._at(edge.origin)
        return flow

    def _at(self, place: Origin) -> _Flow:
        if place in self._at_places:
            return self._at_places[place]
        self._at_places[place] = flow = _Flow()  # what a cycle sees of its own beginning
        flow.messages = dict.fromkeys(place.messages)
        flow.known = place not in self._derivation.incomplete
        takes_anything = place in self._derivation.takes_anything or _is_stream(place)
        flow.untyped = place in self._failures or takes_anything
        for edge in self._into.get(place, ()):
            flow.add(self._out_of(edge))
        for queue in self._dead.get(place, ()):
            flow.add(self._at(queue))
        if place in self._heirs:  # what comes to its heir came there, and may wait still
            flow.add(self._at(self._heirs[place]))
        if not flow.messages and _is_of_others(place):
            flow.untyped = True
        return flow

    def _out_of(self, edge: Subscription) -> _Flow:
        """Return what arrives by an edge: the messages that take it, or what a function answers."""
        if edge.enrich is None and edge.send is None:
            return self.through(edge)
        flow = _Flow()
        flow.messages = dict.fromkeys(edge.delivered)
        flow.untyped = edge.delivers_untyped
        return flow

    def _narrowed(self, edge: Subscription) -> tuple[Message, ...] | None:
        if edge not in self._named:
            self._named[edge] = self._carried_of_named(edge)
        return self._named[edge]

    def _carried_of_named(self, edge: Subscription) -> tuple[Message, ...] | None:
        """Return the messages that an edge names, without those that can't be there."""
        if edge.named is None:
            return None
        carried = self._carried(edge.origin)
        found: list[Message] = []
        for each in edge.named:
            message = each.message
            if carried is None or message in carried or self._is_foreign(message, edge.origin):
                found.append(message)
                continue
            self._derivation.report(
                codes.MESSAGE_NOT_HERE,
                each.span,
                f"`{edge.origin.name}` doesn't carry `{message.name}`",
                f"add it to the `messages` of `{edge.origin.name}`, or take it from here",
                Label(span=edge.origin.place("messages"), message="what it carries"),
            )
        return tuple(found)

    def _carried(self, place: Origin) -> dict[Message, None] | None:
        """Return the messages that a place carries; None if they aren't known: it may be any."""
        if place.is_default:
            return None
        flow = self._at(place)
        imported = place.imported is not None and not place.messages
        if flow.untyped or not flow.known or imported or place.others_publish:
            return None
        return flow.messages

    def _is_foreign(self, message: Message, place: Origin) -> bool:
        """Whether somebody else may put this message on the bus: it has another source."""
        carries_events = kind_of(place).carries_events
        return carries_events and self._derivation.source not in message.sources


def _is_of_others(origin: Origin) -> bool:
    """Whether others send to a queue: what that is, is unknown where nothing says it."""
    match origin:
        case Queue():
            return origin.imported is not None
        case Topic() | Bus() | Stream() | Schedule():
            return False
        case _:
            assert_never(origin)


def _is_stream(origin: Origin) -> bool:
    """Whether others write there, of whom this file says nothing."""
    match origin:
        case Stream():
            return True
        case Queue() | Topic() | Bus() | Schedule():
            return False
        case _:
            assert_never(origin)
