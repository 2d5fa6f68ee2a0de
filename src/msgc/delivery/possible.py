"""Values of a filter that no payload can have: of another type, or outside of an `enum`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.delivery import codes
from msgc.delivery.fields import Condition, conditions, leaf
from msgc.diagnostics import Diagnostic, nearest
from msgc.patterns import matches
from msgc.payloads import Leaf, field_at
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    NullShape,
    NumberShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.topology.model import Subscription
from msgc.tree import at

_OF_TEXT = {"prefix", "suffix", "equals-ignore-case", "wildcard", "cidr", "anything-but", "exists"}
_OF_NUMBERS = {"numeric", "anything-but", "exists"}
_ALWAYS_THERE = {"string", "number", "boolean"}
"""What a path must lead to for `exists` to be decided: it is about values, never about objects."""


def impossible_values(edge: Subscription) -> Iterator[Diagnostic]:
    """Yield the values of a sound filter that none of the edge's messages can match."""
    if not edge.messages or edge.untyped:
        return
    for field in conditions(edge.filter or {}):
        leaves = [leaf(message, field.path) for message in edge.messages]
        known = [found for found in leaves if found is not None]
        if not known:
            continue  # told already: there is no such field
        for i, matcher in enumerate(field.matchers):
            if not _possible(matcher, known, everywhere=len(known) == len(leaves)):
                yield _diagnostic(edge, field, i, known)


def _possible(matcher: Any, leaves: list[Leaf], *, everywhere: bool) -> bool:
    if isinstance(matcher, dict) and matcher.get("exists") is False:
        return not everywhere or any(
            not found.required or found.in_array or not found.kinds <= _ALWAYS_THERE
            for found in leaves
        )
    return any(_fits(matcher, found.shape) for found in leaves)


def _fits(matcher: Any, shape: Shape) -> bool:  # noqa: PLR0911  # one a kind
    match shape:
        case AnyShape():
            return True
        case UnionShape():
            return any(_fits(matcher, option) for option in shape.options)
        case ArrayShape():
            return _fits(matcher, shape.items)
        case StringShape():
            return _one_fits(matcher, shape.enum) if shape.enum else _about_text(matcher)
        case NumberShape():
            return _one_fits(matcher, shape.enum) if shape.enum else _about_number(shape, matcher)
        case BooleanShape():
            values = (True, False) if shape.const is None else (shape.const,)
            return _one_fits(matcher, values)
        case NullShape():
            return _one_fits(matcher, (None,))
        case _:
            return False  # a pattern compares what is in an object, not the object


def _one_fits(matcher: Any, values: tuple[Any, ...]) -> bool:
    return any(matches({"value": [matcher]}, {"value": value}) for value in values)


def _about_text(matcher: Any) -> bool:
    if isinstance(matcher, dict):
        return not _OF_TEXT.isdisjoint(matcher)
    return isinstance(matcher, str)


def _about_number(shape: NumberShape, matcher: Any) -> bool:
    if isinstance(matcher, dict):
        return not _OF_NUMBERS.isdisjoint(matcher)
    if isinstance(matcher, bool) or not isinstance(matcher, int | float):
        return False
    return not shape.integer or float(matcher).is_integer()


def _diagnostic(edge: Subscription, field: Condition, i: int, leaves: list[Leaf]) -> Diagnostic:
    node = at(edge.node, ("filter", *field.written, i))
    compared = [_element(found) for found in leaves]
    kinds = sorted({kind for found in compared for kind in found.kinds})
    values = [str(value) for found in compared for value in _listed(found.shape)]
    matcher = field.matchers[i]
    help_: str | None
    if isinstance(matcher, dict) and matcher.get("exists") is False:
        why, help_ = "is always there", "take it away"
    elif values:
        one_of = "one of " if len(values) > 1 else ""
        why = f"is {one_of}{', '.join(f'`{value}`' for value in dict.fromkeys(values))}"
        meant = nearest(matcher, values) if isinstance(matcher, str) else None
        help_ = f"did you mean `{meant}`?" if meant else None
    elif isinstance(matcher, float) and "number" in kinds:
        why, help_ = "is a whole number", None
    else:
        why = f"is {' or '.join(_ARTICLED[kind] for kind in kinds)}"
        absent = "to ask for its absence, write `[{exists: false}]`"
        help_ = absent if matcher is None else _HELP.get(kinds[0])
    return codes.IMPOSSIBLE_VALUE.at(
        node.span, f"this never matches: `{field.name}` {why}", help=help_
    )


def _element(found: Leaf) -> Leaf:
    """Return what a pattern compares: of a list, what is in it."""
    inner = field_at(found.shape.items, ()) if isinstance(found.shape, ArrayShape) else None
    return found if inner is None else _element(inner)


def _listed(shape: Shape) -> tuple[Any, ...]:
    return (shape.enum or ()) if isinstance(shape, StringShape | NumberShape) else ()


_ARTICLED = {
    "string": "a text", "number": "a number", "boolean": "`true` or `false`", "null": "null",
    "object": "an object", "array": "a list",
}  # fmt: skip
_HELP = {
    "string": 'write a text, in quotes if it looks like a number: `["12"]`',
    "number": 'write a number without quotes, or a range: `[12]`, `[{numeric: [">=", 100]}]`',
    "boolean": "write `[true]` or `[false]`, without quotes",
    "object": "ask for a field inside it: `customer: {tier: [gold]}`",
}
