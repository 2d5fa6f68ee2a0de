"""Check each clause of a filter against the payloads: fields and values that can't occur."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import Diagnostic, did_you_mean, nearest
from msgc.filtering import codes
from msgc.filtering.conditions import Condition
from msgc.filtering.edge_filter import EdgeFilter
from msgc.patterns.satisfiability.field_values import FieldValues
from msgc.patterns.satisfiability.matcher_verdicts import values_of
from msgc.patterns.satisfiability.wording import kind, value_kind
from msgc.payloads.model import (
    BooleanShape,
    NumberShape,
    Shape,
    StringShape,
)
from msgc.runtime.matching.clauses import Clause
from msgc.tree import Mapping, at

_LISTED = 4
"""How many messages are told by name."""


def impossible_clauses(edge_filter: EdgeFilter) -> Iterator[Diagnostic]:
    """Yield the fields that no message has, and the values that no payload can have."""
    told: set[tuple[str | int, ...]] = set()
    for field in edge_filter.conditions:
        field_values = edge_filter.all_of(field.name)
        if any(values.declared for values in field_values):
            yield from _impossible_values(edge_filter, field)
        elif any(values.inside for values in field_values):
            yield _inside_value(edge_filter, field, field_values)
        else:
            place, name = _first_unknown(edge_filter, field)
            if place not in told:
                told.add(place)
                yield _unknown_field(edge_filter, place, name)


def _first_unknown(edge_filter: EdgeFilter, field: Condition) -> tuple[tuple[str | int, ...], str]:
    """Return the first key of a field's path that no message has, and the name up to it."""
    steps: list[str] = []
    for end, step in enumerate(field.written, start=1):
        if isinstance(step, int) or step == "$or":
            continue
        steps.append(step)
        name = ".".join(steps)
        if not any(values.declared for values in edge_filter.all_of(name)):
            return field.written[:end], name
    return field.written, field.name


def _unknown_field(edge_filter: EdgeFilter, place: tuple[str | int, ...], name: str) -> Diagnostic:
    messages = edge_filter.messages
    named = name.removeprefix("detail.") if edge_filter.key == "pattern" else name
    listed = ", ".join(f"`{message.name}`" for message in messages)
    if len(messages) > _LISTED:
        listed = f"{len(messages)} messages"
    return codes.UNKNOWN_FILTER_FIELD.at(
        edge_filter.key_of(place),
        f"{listed} has no field `{named}`"
        if len(messages) == 1
        else f"none of {listed} has a field `{named}`",
        help=_field_meant(edge_filter, place, name),
    )


_AROUND = {"detail", "Message", "message", "Records", "body", "data", "payload"}
"""What AWS and others call what the payload lies in."""
_OF_THE_EVENT = (
    "source", "detail-type", "account", "region", "time", "resources", "id", "version", "detail",
)  # fmt: skip


def _field_meant(edge_filter: EdgeFilter, place: tuple[str | int, ...], name: str) -> str | None:
    fields = edge_filter.visible.names(edge_filter.messages)
    if edge_filter.key == "pattern":
        return _part_meant(name, fields)
    if name in _AROUND and isinstance(at(edge_filter.edge.node, ("filter", *place)), Mapping):
        return f"filters start at the payload: leave out `{name}`, and write the fields in it"
    if name in {"detail-type", "message_type"}:
        types = f"`messages: [{edge_filter.messages[0].name}]`"
        return f"`messages` says which types take the edge, as in {types}"
    if name in _OF_THE_EVENT and "pattern" in edge_filter.edge.way.options:
        return f"filters are about the payload: a `pattern` can ask for the event's `{name}`"
    return did_you_mean(name, fields)


def _part_meant(name: str, fields: frozenset[str]) -> str | None:
    """Return what a pattern, which starts at the event, was probably meant to name."""
    if name.startswith("detail."):
        return did_you_mean(name.removeprefix("detail."), fields)
    if name.partition(".")[0] in {field.partition(".")[0] for field in fields}:
        return f"a pattern starts at the event: write `detail: {{{name}: ...}}`"
    return did_you_mean(name, _OF_THE_EVENT)


def _inside_value(
    edge_filter: EdgeFilter, field: Condition, field_values: tuple[FieldValues, ...]
) -> Diagnostic:

    outer, leaf = next(inside for values in field_values for inside in values.inside)
    return codes.INSIDE_VALUE.at(
        edge_filter.key_of(field.written),
        f"there is no `{field.name}`: `{outer}` is {value_kind(leaf)}",
        help=f"ask for the value itself: `{outer}: [...]`",
    )


# --- values -------------------------------------------------------------------------------------


def _impossible_values(edge_filter: EdgeFilter, field: Condition) -> Iterator[Diagnostic]:
    for i, matcher in enumerate(field.matchers):
        # Alone in its list, it is the filter's own clause, which is looked at only once.
        clause = edge_filter.clauses.get(field.written) if len(field.matchers) == 1 else None
        clause = clause or Clause(field.name, [matcher], field.written)
        payload_values = map(edge_filter.payload_values, edge_filter.messages)
        if all(one.verdict(clause) == "never" for one in payload_values):
            known = [values for values in edge_filter.all_of(field.name) if values.declared]
            yield codes.IMPOSSIBLE_VALUE.at(
                edge_filter.span_of((*field.written, i)),
                f"this never matches: `{field.name}` {_why(matcher, known)}",
                help=_help(matcher, known) or _inside(edge_filter, field.name, known),
            )


def _why(matcher: Any, field_values: list[FieldValues]) -> str:
    if matcher == {"exists": False}:
        return "is always there"

    return " or ".join(dict.fromkeys(map(kind, field_values)))


def _help(matcher: Any, field_values: list[FieldValues]) -> str | None:
    if matcher == {"exists": False}:
        return "ask for values of the field, or for the absence of one that isn't required"
    leaves = [leaf for values in field_values for leaf in values.leaves]
    if not leaves:
        return None
    values = [str(value) for leaf in leaves for value in values_of(leaf) or ()]
    meant = nearest(matcher, values) if isinstance(matcher, str) else None
    if meant is not None and not isinstance(leaves[0], BooleanShape):
        return f"did you mean `{meant}`?"
    if matcher is None:
        return "to ask for its absence, write `[{exists: false}]`"
    right = any(_is_about(matcher, leaf) for leaf in leaves)  # but not one of its values
    return None if right else _HELP.get(type(leaves[0]))


def _inside(edge_filter: EdgeFilter, name: str, field_values: list[FieldValues]) -> str | None:
    """Return the field of an object that was probably meant."""
    if any(values.leaves for values in field_values):
        return None
    named = name.removeprefix("detail.") if edge_filter.key == "pattern" else name
    fields = [
        one
        for one in edge_filter.visible.names(edge_filter.messages)
        if one.startswith(f"{named}.")
    ]
    if not fields:
        return None
    shown = min(fields, key=lambda one: (one.count("."), one))
    return f"ask for a field inside it, like `{shown}: [...]`"


_HELP: dict[type[Shape], str] = {
    StringShape: 'write a text, in quotes if it looks like a number: `["12"]`',
    NumberShape: 'write a number without quotes, or a range: `[12]`, `[{numeric: [">=", 100]}]`',
    BooleanShape: "write `[true]` or `[false]`, without quotes",
}


def _is_about(matcher: Any, leaf: Shape) -> bool:
    """Whether a matcher is about values of a leaf's type."""
    if isinstance(matcher, dict):
        operator = next(iter(matcher))
        if operator in {"exists", "anything-but"}:
            return True
        return (operator == "numeric") is isinstance(leaf, NumberShape)
    if isinstance(matcher, bool):
        return isinstance(leaf, BooleanShape)
    if isinstance(matcher, int | float):
        return isinstance(leaf, NumberShape)
    return isinstance(leaf, StringShape)
