"""Check the paths of the event from which calls of API destinations take values."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import Diagnostic, did_you_mean, listing
from msgc.filtering.on_wire import wire_shape
from msgc.links import codes
from msgc.links.mechanisms import EventRule, Pipe
from msgc.links.pipes import DETAIL
from msgc.payloads import field_at
from msgc.topology.destinations import HttpParameters
from msgc.topology.edges import Subscription
from msgc.topology.ends import End
from msgc.topology.narrowing import as_outside

_EVENT = (
    "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail",
)  # fmt: skip
"""https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html"""


def http_parameters(rules: tuple[EventRule, ...], pipes: tuple[Pipe, ...]) -> Iterator[Diagnostic]:
    """Yield a finding for each value that no event, or no record of a pipe, has."""
    for rule in rules:
        for place, value in _paths(rule.target):
            yield from _check(rule.edge, value, place)
    for pipe in pipes:
        for place, value in _paths(pipe.target):
            yield from _check_record(pipe, value, place)


def _paths(target: End) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the values that are taken from what comes in, and where the file has them."""
    end = as_outside(target)
    if end is not None and end.http is not None:
        yield from (each for each in _values(end.http) if each[1].startswith("$."))


def _values(http: HttpParameters) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield from ((("path", index), value) for index, value in enumerate(http.path))
    yield from ((("query", name), value) for name, value in http.query.items())
    yield from ((("headers", name), value) for name, value in http.headers.items())


def _check_record(pipe: Pipe, value: str, place: tuple[str | int, ...]) -> Iterator[Diagnostic]:
    from msgc.sending.records import is_guessed, records  # noqa: PLC0415  # few pipes call

    edge, steps = pipe.edge, tuple(value.removeprefix("$.").split("."))
    shapes = records(edge, body_is_event=pipe.path == DETAIL)
    if not shapes or is_guessed(edge):
        return
    found = [field_at(shape, steps) for shape in shapes]
    span = edge.place("to", "api_destination", *place)
    if all(field is None for field in found):
        known = [field.wire for shape in shapes for field in shape.fields]
        advice = did_you_mean(steps[0], known) if steps[0] not in known else None
        text = f"nothing that the pipe `{edge.name}` reads has `{value}`"
        yield codes.NOT_IN_EVENT.at(span, text, help=advice or _of_body(edge))
    elif any(field is not None and field.in_array for field in found):
        text = f"`{value}` lies inside a list, and a path has no indexes"
        yield codes.NOT_IN_EVENT.at(span, text, help="take a value that stands alone")


def _of_body(edge: Subscription) -> str:
    fields = dict.fromkeys(f.wire for message in edge.messages for f in wire_shape(message).fields)
    if not fields:
        return "write a path that its messages have"
    return f"its messages have {listing([f'`{name}`' for name in fields], 'and')}"


def _check(edge: Subscription, value: str, place: tuple[str | int, ...]) -> Iterator[Diagnostic]:
    first, *rest = value.removeprefix("$.").split(".")
    span = edge.place("to", "api_destination", *place)
    if first not in _EVENT:
        advice = did_you_mean(first, _EVENT) or "the message itself is at `<$.detail>`"
        text = f"an event has no `{first}`"
        yield codes.NOT_IN_EVENT.at(span, text, help=advice)
    elif first == "detail" and rest and edge.messages and not edge.untyped:
        shapes = [wire_shape(message) for message in edge.messages]
        found = [field_at(shape, tuple(rest)) for shape in shapes]
        if all(field is None for field in found):
            names = ", ".join(f"`{message.name}`" for message in edge.messages)
            text = f"there is no `{'.'.join(rest)}` in {names}"
            known = [field.wire for shape in shapes for field in shape.fields]
            yield codes.NOT_IN_EVENT.at(span, text, help=did_you_mean(rest[0], known))
        elif any(field is not None and field.in_array for field in found):
            text = f"`{'.'.join(rest)}` lies inside a list, and a path has no indexes"
            yield codes.NOT_IN_EVENT.at(span, text, help="take a value that stands alone")
