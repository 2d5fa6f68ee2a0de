"""Check what edges send: paths against what comes in, bodies against the messages they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.diagnostics import Diagnostic, did_you_mean, listing
from msgc.filtering.edge_filter import event_object, event_shape
from msgc.kinds import Way
from msgc.payloads import FieldAt, field_at
from msgc.payloads.fields import kinds_of
from msgc.payloads.model import (
    AnyShape,
    MapShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.record import Record
from msgc.sending import body as bodies
from msgc.sending import codes
from msgc.sending.records import is_guessed, records
from msgc.sending.transformers import pipe_template, schedule_input, transformer
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.model import Topology
from msgc.topology.templates import Placeholder, Send, located
from msgc.topology.units import KIB

MOST_PATHS = 100
LONGEST_PATH = 256
LONGEST_TEMPLATE = 8192
"""https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html"""
LONGEST_INPUT = 256 * KIB
"""https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html"""
_DEPTH = 4
"""How deep paths are offered in "did you mean"."""


class Incoming(Record):
    """What comes in along an edge, as its placeholders see it."""

    records: tuple[ObjectShape, ...]
    """The record, for each type of message that takes the edge; none: there is none to see."""
    variables: dict[str, str]
    """What the service knows, by its JSON type."""
    escapes: bool
    guessed: bool = False
    """Whether the file doesn't say what is in the record: a value may be missing, or anything."""

    def value(self, placeholder: Placeholder) -> FieldAt | None:
        """Return what a placeholder stands for; None: nothing has such a path."""
        path = placeholder.path
        if path is None:
            kind = self.variables.get(placeholder.written)
            return None if kind is None else _variable(kind)
        return self._field(path)

    def single(self, placeholder: Placeholder) -> FieldAt | None:
        """Return what a placeholder stands for, if that is one value."""
        value = self.value(placeholder)
        if value is None or value.in_array:
            return None
        if self.guessed:
            unknown = isinstance(value.shape, AnyShape)
            return None if unknown else value.replace(required=True)
        return value

    def _field(self, path: tuple[str, ...]) -> FieldAt | None:
        found = [field_at(record, path) for record in self.records]
        known = [field for field in found if field is not None]
        if not known:
            return field_at(AnyShape(), path) if self.guessed and not self.records else None
        shapes = tuple(dict.fromkeys(field.shape for field in known))
        return FieldAt(
            kinds=frozenset(kind for field in known for kind in field.kinds),
            required=len(known) == len(found) and all(field.required for field in known),
            in_array=any(field.in_array for field in known),
            shape=shapes[0] if len(shapes) == 1 else UnionShape(options=shapes),
        )


def checked_sends(topology: Topology) -> Iterator[Diagnostic]:
    """Yield what is wrong with what rules and schedules send.

    What a pipe sends is checked where its link is made: only there it is known what comes in.
    """
    for edge in topology.subscriptions.values():
        if edge.send is not None:
            match edge.way:
                case Way.EVENT_RULE:
                    yield from check_rule(edge, edge.send)
                case Way.SCHEDULE:
                    yield from check_schedule(edge, edge.send)
                case (
                    Way.SNS_SUBSCRIPTION
                    | Way.EVENT_SOURCE_MAPPING
                    | Way.LONG_POLL
                    | Way.STREAM_MAPPING
                    | Way.PIPE
                    | Way.STREAM_PIPE
                ):
                    pass  # those of topics, mappings and workers have none
                case _:
                    assert_never(edge.way)


def check_rule(edge: Subscription, send: Send) -> Iterator[Diagnostic]:
    """Yield what is wrong with what a rule sends."""
    yield from check_send(edge, send, events(edge))
    made = transformer(send)
    place = edge.place("send", "body")
    if len(made.paths) > MOST_PATHS:
        text = f"{len(made.paths)} paths are taken from the event, and {MOST_PATHS} is the most"
        yield codes.SEND_TOO_LARGE.at(place, text, help="send a whole object in place of its parts")
    for path in (*made.paths.values(), made.part or ""):
        if len(path) > LONGEST_PATH:
            text = f"a path has {len(path)} characters, and {LONGEST_PATH} is the most"
            yield codes.SEND_TOO_LARGE.at(place, text, help="send the object that it lies in")
    size = len((made.constant or made.template).encode())
    if size > LONGEST_TEMPLATE:
        text = f"the body has {size:,} bytes, and EventBridge takes {LONGEST_TEMPLATE:,}"
        yield codes.SEND_TOO_LARGE.at(place, text, help="send less: a handler knows the rest")


def check_schedule(edge: Subscription, send: Send) -> Iterator[Diagnostic]:
    """Yield what is wrong with what a schedule sends."""
    variables = edge.way.variables
    names = variables.names if variables is not None else {}
    yield from check_send(edge, send, Incoming(records=(), variables=names, escapes=True))
    size = len(schedule_input(send).encode())
    if size > LONGEST_INPUT:
        text = f"the body has {size:,} bytes, and EventBridge Scheduler takes {LONGEST_INPUT:,}"
        yield codes.SEND_TOO_LARGE.at(edge.place("send", "body"), text, help="send less")


def check_pipe(edge: Subscription, send: Send, *, body_is_event: bool) -> Iterator[Diagnostic]:
    """Yield what is wrong with what a pipe makes of records, or of what a function answered."""
    variables = edge.way.variables
    incoming = Incoming(
        records=records(edge, body_is_event=body_is_event),
        variables=variables.names if variables is not None else {},
        escapes=False,
        guessed=is_guessed(edge),
    )
    yield from check_send(edge, send, incoming)
    size = len(pipe_template(send).encode())
    if size > LONGEST_TEMPLATE:
        text = f"the body has {size:,} bytes, and EventBridge takes {LONGEST_TEMPLATE:,}"
        yield codes.SEND_TOO_LARGE.at(edge.place("send", "body"), text, help="send less")


def events(edge: Subscription) -> Incoming:
    """Return the events that take an edge."""
    records = [event_shape(message) for message in edge.messages]
    if edge.untyped:
        records.append(_any_event(edge))
    variables = edge.way.variables
    names = variables.names if variables is not None else {}
    return Incoming(records=tuple(records), variables=names, escapes=False)


def check_send(edge: Subscription, send: Send, incoming: Incoming) -> Iterator[Diagnostic]:
    """Yield what is wrong with the paths of what an edge sends, and with its body."""
    told: set[str] = set()
    for path, placeholder in located(send.body):
        value, place = incoming.value(placeholder), edge.place("send", "body", *path)
        if placeholder.written in told or placeholder.path is None:
            continue
        told.add(placeholder.written)
        if value is None:
            yield _unknown(edge, placeholder.written, incoming, place)
        elif value.in_array:
            text = f"`<{placeholder.written}>` lies inside a list"
            advice = "send the whole list: paths have no indexes"
            yield codes.UNKNOWN_PATH.at(place, text, help=advice)
    body = bodies.Body(
        message=send.message.name if send.message is not None else "",
        values=incoming.single,
        place=lambda path: edge.place("send", "body", *path),
        escapes=incoming.escapes,
    )
    if send.message is not None:
        yield from bodies.fit(body, send.body, send.message.payload)
    yield from bodies.texts(body, send.body)
    yield from _log_entry(edge, send)


def _log_entry(edge: Subscription, send: Send) -> Iterator[Diagnostic]:
    """Yield a finding about properties that a kind of end doesn't take, or that it needs."""
    wanted = edge.delivery.fields
    if not wanted:
        return
    have = set(send.body) if isinstance(send.body, dict) else set()
    if have != set(wanted):
        listed = listing((f"`{name}`" for name in wanted), "and")
        yield codes.SEND_MISMATCH.at(
            edge.place("send", "body"),
            f"what goes to a log group has {listed}, and nothing else",
            help="write `body: {timestamp: <$.time>, message: ...}`",
        )


def _unknown(edge: Subscription, written: str, incoming: Incoming, place: Span) -> Diagnostic:
    names = {f"$.{name}" for record in incoming.records for name in _names(record, "", _DEPTH)}
    taken = [f"`{message.name}`" for message in edge.messages]
    what = f" of {listing(taken, 'or')}" if taken else ""
    kind = "record" if edge.way.reader else "event"
    return codes.UNKNOWN_PATH.at(
        place, f"no {kind}{what} has `{written}`", help=did_you_mean(written, names)
    )


def _names(shape: Shape, prefix: str, depth: int) -> Iterator[str]:
    if isinstance(shape, RefShape):
        shape = shape.target
    if isinstance(shape, ObjectShape) and depth:
        for field in shape.fields:
            yield prefix + field.wire
            yield from _names(field.shape, f"{prefix}{field.wire}.", depth - 1)


def _variable(kind: str) -> FieldAt:
    shape: Shape = StringShape(enum=()) if kind == "string" else MapShape(values=AnyShape())
    return FieldAt(kinds=kinds_of(shape), required=True, in_array=False, shape=shape)


def _any_event(edge: Subscription) -> ObjectShape:
    """Return the shape of an event of which only the envelope is known."""
    text = StringShape()
    return event_object(edge.key, type_=text, source=text, detail=MapShape(values=AnyShape()))
