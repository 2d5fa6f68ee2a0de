"""`EdgeFilter`: an edge's filter or pattern, and the values that it sees in its messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, assert_never

from msgc.filtering.conditions import Condition, conditions
from msgc.filtering.on_wire import wire_shape
from msgc.patterns.satisfiability import PayloadValues
from msgc.patterns.satisfiability.field_values import FieldValues
from msgc.payloads.model import (
    ArrayShape,
    BooleanShape,
    Field,
    NumberShape,
    ObjectShape,
    Shape,
    StringShape,
)
from msgc.record import Record
from msgc.runtime.matching.clauses import Clause
from msgc.runtime.matching.matching import Pattern
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.messages import ForeignAttribute, Message
from msgc.tree import Mapping, at

_DEPTH = 4
"""How deep fields are offered in "did you mean"."""


class EdgeFilter(Record):
    """A filter about the payload, or a raw pattern about the event around it."""

    edge: Subscription
    key: Literal["filter", "pattern"]
    pattern: Pattern
    clauses: dict[tuple[str | int, ...], Clause]
    """Of the pattern, by where they stand in it."""
    conditions: tuple[Condition, ...]
    messages: tuple[Message, ...]
    visible: VisibleValues

    def payload_values(self, message: Message) -> PayloadValues:
        """Return the values of a message that it is about."""
        return self.visible.payload_values(message, event=self.key == "pattern")

    def all_of(self, name: str) -> tuple[FieldValues, ...]:
        """Return the values of a field, in each of its messages."""
        return self.visible.under(name, self.messages, event=self.key == "pattern")

    def span_of(self, path: tuple[str | int, ...]) -> Span:
        """Return the place of a part of the filter."""
        return self.edge.place(self.key, *path)

    def key_of(self, path: tuple[str | int, ...]) -> Span:
        """Return the place of the key by which the filter names a field."""
        around = at(self.edge.node, (self.key, *path[:-1]))
        if path and isinstance(around, Mapping) and str(path[-1]) in around.entries:
            return around.key(str(path[-1])).span
        return self.span_of(path)


def edge_filter(edge: Subscription, visible: VisibleValues) -> EdgeFilter | None:
    """Return an edge's filter; None: it has none, or nothing is known of its messages."""
    if not edge.messages or edge.untyped or not (edge.filter or edge.pattern):
        return None
    pattern = edge.filter or edge.pattern or {}
    compiled = Pattern(pattern)
    return EdgeFilter(
        edge=edge,
        key="filter" if edge.filter else "pattern",
        pattern=compiled,
        clauses={clause.path: clause for one in compiled.alternatives for clause in one},
        conditions=tuple(conditions(pattern)),
        messages=edge.messages,
        visible=visible,
    )


class VisibleValues:
    """The values that filters can see in messages, and patterns in events: each worked out once.

    What no schema declares, no publisher sends.
    """

    def __init__(self) -> None:
        """Start without any."""
        self._payload_values: dict[tuple[Message, bool], PayloadValues] = {}
        self._under: dict[tuple[str, tuple[Message, ...], bool], tuple[FieldValues, ...]] = {}
        self._names: dict[tuple[Message, ...], frozenset[str]] = {}

    def payload_values(self, message: Message, *, event: bool) -> PayloadValues:
        """Return the values of a message, or of the event around it."""
        if (message, event) not in self._payload_values:
            payload = event_shape(message) if event else _with_attributes(message)
            self._payload_values[message, event] = PayloadValues(payload, undeclared=False)
        return self._payload_values[message, event]

    def under(
        self, name: str, messages: tuple[Message, ...], *, event: bool
    ) -> tuple[FieldValues, ...]:
        """Return the values of a field in each of several messages."""
        key = (name, messages, event)
        if key not in self._under:
            payload_values = [self.payload_values(message, event=event) for message in messages]
            self._under[key] = tuple(one.of(name) for one in payload_values)
        return self._under[key]

    def names(self, messages: tuple[Message, ...]) -> frozenset[str]:
        """Return the names of fields that payloads have, for "did you mean"."""
        if messages not in self._names:
            self._names[messages] = frozenset(
                name
                for message in messages
                for name in _names(_with_attributes(message), "", _DEPTH)
            )
        return self._names[messages]


def _names(shape: Shape, prefix: str, depth: int) -> Iterator[str]:
    while isinstance(shape, ArrayShape):
        shape = shape.items
    if isinstance(shape, ObjectShape) and depth:
        for field in shape.fields:
            yield prefix + field.wire
            yield from _names(field.shape, f"{prefix}{field.wire}.", depth - 1)


def _with_attributes(message: Message) -> ObjectShape:
    """Return the shape of a payload with the attributes beside it, which filters may name, too."""
    if not message.foreign:
        return message.payload
    more = tuple(
        Field(wire=each.name, python=each.name, shape=_shape(each), required=False, span=each.span)
        for each in message.foreign
    )
    return message.payload.replace(fields=(*message.payload.fields, *more))


def _shape(attribute: ForeignAttribute) -> Shape:
    values: tuple[Any, ...] | None = attribute.enum or None
    match attribute.type:
        case "string":
            return StringShape(enum=values)
        case "boolean":
            return BooleanShape()
        case "number" | "integer" as kind:
            return NumberShape(integer=kind == "integer", enum=values)
        case _:
            assert_never(attribute.type)


def event_shape(message: Message) -> ObjectShape:
    """Return the shape of the event that a message travels in."""
    texts = [source for source in message.sources if isinstance(source, str)]
    known = tuple(texts) if len(texts) == len(message.sources) else None
    return event_object(
        message.key,
        type_=StringShape(enum=(message.type,)),
        source=StringShape(enum=known),
        detail=wire_shape(message),
    )


def event_object(span: Span, *, type_: Shape, source: Shape, detail: Shape) -> ObjectShape:
    """Return the shape of an event, of which these three fields are said."""
    shapes: dict[str, Shape] = {
        "version": StringShape(),
        "id": StringShape(format="uuid"),
        "detail-type": type_,
        "source": source,
        "account": StringShape(pattern=r"^[0-9]{12}\Z"),
        "time": StringShape(format="date-time"),
        "region": StringShape(pattern=r"^[a-z0-9-]+\Z"),
        "resources": ArrayShape(items=StringShape()),
        "detail": detail,
        "replay-name": StringShape(),
    }
    fields = tuple(
        Field(wire=wire, python=wire, shape=shape, required=wire != "replay-name", span=span)
        for wire, shape in shapes.items()
    )
    return ObjectShape(name="Event", fields=fields, closed=True, span=span)
