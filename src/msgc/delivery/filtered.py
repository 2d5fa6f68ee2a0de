"""An edge's filter or pattern, and what it sees of the messages that it is about."""

from __future__ import annotations

from typing import Any, Literal

from msgc.delivery.fields import Condition, conditions
from msgc.patterns.satisfiability import Sights
from msgc.payloads.model import ArrayShape, Field, ObjectShape, Shape, StringShape
from msgc.record import Record
from msgc.source import Span
from msgc.topology.model import Message, Subscription
from msgc.tree import Mapping, at


class Filtered(Record):
    """A filter about the payload, or a raw pattern about the event around it."""

    edge: Subscription
    key: Literal["filter", "pattern"]
    pattern: dict[str, Any]
    conditions: tuple[Condition, ...]
    messages: tuple[Message, ...]
    seen: Seen

    def sights(self, message: Message) -> Sights:
        """Return what it sees of a message."""
        return self.seen.sights(message, event=self.key == "pattern")

    def span_of(self, path: tuple[str | int, ...]) -> Span:
        """Return the place of a part of the filter."""
        return self.edge.place(self.key, *path)

    def key_of(self, path: tuple[str | int, ...]) -> Span:
        """Return the place of the key by which the filter names a field."""
        around = at(self.edge.node, (self.key, *path[:-1]))
        if path and isinstance(around, Mapping) and str(path[-1]) in around.entries:
            return around.key(str(path[-1])).span
        return self.span_of(path)


def filtered(edge: Subscription, seen: Seen) -> Filtered | None:
    """Return what an edge filters; None: nothing, or messages that nothing is known of."""
    if not edge.messages or edge.untyped or not (edge.filter or edge.pattern):
        return None
    pattern = edge.filter or edge.pattern or {}
    return Filtered(
        edge=edge,
        key="filter" if edge.filter else "pattern",
        pattern=pattern,
        conditions=tuple(conditions(pattern)),
        messages=edge.messages,
        seen=seen,
    )


class Seen:
    """What filters see of messages, and patterns of the events around them: looked up once.

    What no schema declares, no publisher sends.
    """

    def __init__(self) -> None:
        """Look at nothing yet."""
        self._sights: dict[tuple[Message, bool], Sights] = {}

    def sights(self, message: Message, *, event: bool) -> Sights:
        """Return what a filter sees of a message, or a pattern of the event around it."""
        if (message, event) not in self._sights:
            payload = _event(message) if event else message.payload
            self._sights[message, event] = Sights(payload, strangers=False)
        return self._sights[message, event]


def _event(message: Message) -> ObjectShape:
    """Return the shape of the event that a message travels in."""
    span = message.key
    texts = [source for source in message.sources if isinstance(source, str)]
    known = tuple(texts) if len(texts) == len(message.sources) else None
    shapes: dict[str, Shape] = {
        "version": StringShape(),
        "id": StringShape(),
        "detail-type": StringShape(enum=(message.type,)),
        "source": StringShape(enum=known),
        "account": StringShape(),
        "time": StringShape(),
        "region": StringShape(),
        "resources": ArrayShape(items=StringShape()),
        "detail": message.payload,
        "replay-name": StringShape(),
    }
    fields = tuple(
        Field(wire=wire, python=wire, shape=shape, required=wire != "replay-name", span=span)
        for wire, shape in shapes.items()
    )
    return ObjectShape(name="Event", fields=fields, closed=True, span=span)
