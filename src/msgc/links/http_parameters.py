"""Check the paths of the event from which calls of API destinations take values."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import Diagnostic, did_you_mean
from msgc.links import codes
from msgc.links.model import EventRule
from msgc.payloads import field_at
from msgc.topology.destinations import HttpParameters
from msgc.topology.edges import Subscription
from msgc.topology.narrowing import as_outside

_EVENT = (
    "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail",
)  # fmt: skip
"""https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html"""


def http_parameters(rules: tuple[EventRule, ...]) -> Iterator[Diagnostic]:
    """Yield a finding for each value that no event of an edge has."""
    for rule in rules:
        end = as_outside(rule.target)
        if end is not None and end.http is not None:
            for place, value in _values(end.http):
                if value.startswith("$."):
                    yield from _check(rule.edge, value, place)


def _values(http: HttpParameters) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield from ((("path", index), value) for index, value in enumerate(http.path))
    yield from ((("query", name), value) for name, value in http.query.items())
    yield from ((("headers", name), value) for name, value in http.headers.items())


def _check(edge: Subscription, value: str, place: tuple[str | int, ...]) -> Iterator[Diagnostic]:
    first, *rest = value.removeprefix("$.").split(".")
    span = edge.place("to", "api_destination", *place)
    if first not in _EVENT:
        advice = did_you_mean(first, _EVENT) or "the message itself is at `<$.detail>`"
        text = f"an event has no `{first}`"
        yield codes.NOT_IN_EVENT.at(span, text, help=advice)
    elif first == "detail" and rest and edge.messages and not edge.untyped:
        found = [field_at(message.payload, tuple(rest)) for message in edge.messages]
        if all(field is None for field in found):
            names = ", ".join(f"`{message.name}`" for message in edge.messages)
            text = f"there is no `{'.'.join(rest)}` in {names}"
            known = [field.wire for message in edge.messages for field in message.payload.fields]
            yield codes.NOT_IN_EVENT.at(span, text, help=did_you_mean(rest[0], known))
        elif any(field is not None and field.in_array for field in found):
            text = f"`{'.'.join(rest)}` lies inside a list, and a path has no indexes"
            yield codes.NOT_IN_EVENT.at(span, text, help="take a value that stands alone")
