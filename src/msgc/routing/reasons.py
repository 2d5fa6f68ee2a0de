"""Explain why an edge doesn't take a message: by the clause that said no, and its place."""

from __future__ import annotations

from typing import Any

from msgc.diagnostics import listing
from msgc.filtering.conditions import TYPE_ATTRIBUTE, Condition, conditions
from msgc.patterns.explanation import Explanation, explain, explain_clauses
from msgc.routing.results import Refusal
from msgc.runtime.matching.matching import Pattern
from msgc.runtime.testing.parcels import Parcel
from msgc.topology.edges import Subscription

_AROUND = ("body.", "detail.")
"""What stands around the payload where a pattern is about more than that."""
_OF_TYPE = frozenset({TYPE_ATTRIBUTE, "detail-type", "source"})

_OF_EVENT = frozenset({"type", "specversion"})
"""Where CloudEvents say what they are: fields of a payload stand in their `data`."""


def refusal(edge: Subscription, patterns: list[Pattern], seen: Any, parcel: Parcel) -> Refusal:
    """Return why an edge says no: it is switched off, or none of its patterns match."""
    if not edge.enabled:
        place = edge.place("enabled")
        return Refusal(edge=edge, reason="it is switched off", field="", span=place)
    if not patterns:
        reason = f"it takes {_types(edge)}"
        return Refusal(edge=edge, reason=reason, field="", span=edge.place("messages"))
    if edge.pattern is not None:
        told = explain(patterns[0], seen)
        span = edge.place("pattern", *told.path)
        return Refusal(edge=edge, reason=told.reason, field=told.field, span=span)
    asked = tuple(conditions(edge.filter or {}))
    enveloped = any(message.envelope is not None for message in edge.messages)
    names = _OF_TYPE - {condition.name for condition in asked}
    names |= _OF_EVENT if enveloped else frozenset()
    wrong = _wrong_type(patterns, seen, names)
    if wrong is not None:
        reason = _takes(edge, wrong, parcel)
        return Refusal(edge=edge, reason=reason, field=wrong.field, span=edge.place("messages"))
    found = [explain(pattern, seen) for pattern in patterns]
    # Of a pattern for payloads and one for events, the one that got past the form counts.
    told = next((one for one in found if one.field.removeprefix("body.") not in names), found[-1])
    field = told.field
    for around in (*_AROUND, "data.") if enveloped else _AROUND:
        field = field.removeprefix(around)
    reason = told.reason.replace(f"`{told.field}`", f"`{field}`", 1)
    if edge.way.reader:
        reason = f"{reason}, and {edge.way.reader} deletes what its filter doesn't match"
    span = edge.place("filter", *_written(asked, field, told))
    return Refusal(edge=edge, reason=reason, field=field, span=span)


def second_hop(edge: Subscription, before: Subscription) -> Refusal:
    """Return why a rule can't forward an event that another rule has forwarded already."""
    end = "is lost" if edge.dead_letter is None else f"ends in `{edge.dead_letter.name}`"
    reason = (
        f"`{before.name}` has forwarded it already, and EventBridge forwards an event to a bus"
        f" once only: it {end}"
    )
    return Refusal(edge=edge, reason=reason, field="", span=edge.place("to"))


def _wrong_type(patterns: list[Pattern], seen: Any, names: frozenset[str]) -> Explanation | None:
    """Return why a message isn't of a type that an edge takes; None if it is of one."""
    wrong: Explanation | None = None
    for pattern in patterns:
        for clauses in pattern.alternatives:
            about_type = [c for c in clauses if c.name.removeprefix("body.") in names]
            told = explain_clauses(pattern, about_type, seen)
            if told is None:
                return None
            wrong = wrong or told
    return wrong


def _takes(edge: Subscription, told: Explanation, parcel: Parcel) -> str:
    """Tell which types an edge takes, and which this is."""
    if not edge.messages or told.field == "source":
        return told.reason
    names = _types(edge)
    event, attribute = parcel.event, parcel.attributes.get(TYPE_ATTRIBUTE)
    type_ = event.get("detail-type") if event else attribute and attribute["StringValue"]
    return f"it takes {names}, not `{type_}`" if type_ else f"it takes {names}"


def _types(edge: Subscription) -> str:
    return listing((f"`{message.name}`" for message in edge.messages), "or")


def _written(asked: tuple[Condition, ...], field: str, told: Explanation) -> tuple[str | int, ...]:
    """Return where a filter asks for a field; the branch of an `$or` tells two apart."""
    named = [one for one in asked if one.name == field]
    branch = [step for step in told.path if isinstance(step, int)]
    same = [one for one in named if [s for s in one.written if isinstance(s, int)] == branch]
    return next((one.written for one in (*same, *named)), ())
