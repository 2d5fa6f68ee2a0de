"""Two shapes for one value, as `allOf` gives them: the shape that admits what both admit."""

from __future__ import annotations

from typing import TypeVar

from msgc.payloads.constraints import both, constrained
from msgc.payloads.fields import kind_of
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Constraints,
    MapShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.validation import problem_of

T = TypeVar("T")
N = TypeVar("N", int, float)


class Conflict(ValueError):  # noqa: N818  # it is what two shapes are in
    """Two shapes that can't be said as one."""


class Contradiction(Conflict):
    """Two shapes that no value fits."""


def merged(first: Shape, second: Shape) -> Shape:
    """Return the intersection of two shapes; raises `Conflict`."""
    if first is second:
        return first
    (one, its), (other, others) = _apart(first), _apart(second)
    return constrained(_merged(one, other), both(its, others))


def _apart(shape: Shape) -> tuple[Shape, Constraints | None]:
    """Return a shape without its constraints, and these; a class keeps its own."""
    if isinstance(shape, ObjectShape | RefShape) or shape.constraints is None:
        return shape, None
    return shape.replace(constraints=None), shape.constraints


def _merged(first: Shape, second: Shape) -> Shape:  # noqa: C901, PLR0911, PLR0912  # one a kind
    description = second.description or first.description
    if isinstance(second, AnyShape):
        return first
    if isinstance(first, AnyShape):
        return second
    if isinstance(first, StringShape) and isinstance(second, StringShape):
        return _strings(first, second, description)
    if isinstance(first, NumberShape) and isinstance(second, NumberShape):
        return _numbers(first, second, description)
    if isinstance(first, BooleanShape) and isinstance(second, BooleanShape):
        if None not in (first.const, second.const) and first.const is not second.const:
            message = "no value is left"
            raise Contradiction(message)
        const = first.const if second.const is None else second.const
        return BooleanShape(description=description, const=const)
    if isinstance(first, NullShape) and isinstance(second, NullShape):
        return first
    if isinstance(first, ArrayShape) and isinstance(second, ArrayShape):
        return ArrayShape(
            description=description,
            items=merged(first.items, second.items),
            min_items=_most(first.min_items, second.min_items),
            max_items=_least(first.max_items, second.max_items),
            unique=first.unique or second.unique,
        )
    if isinstance(first, MapShape) and isinstance(second, MapShape):
        return MapShape(
            description=description,
            values=merged(first.values, second.values),
            min_properties=_most(first.min_properties, second.min_properties),
            max_properties=_least(first.max_properties, second.max_properties),
        )
    for one, other in ((first, second), (second, first)):
        # `{type: object}` beside a class adds nothing.
        if isinstance(one, MapShape) and isinstance(other, ObjectShape | RefShape) and _bare(one):
            return other
    if isinstance(first, ObjectShape | RefShape) and isinstance(second, ObjectShape | RefShape):
        if first.name == second.name:
            return first
        message = "two objects; give them one name with `$defs` and an `allOf` there"
        raise Conflict(message)
    message = "they are of different types"
    if isinstance(first, UnionShape) or isinstance(second, UnionShape):
        raise Conflict(message)
    if kind_of(first) == kind_of(second):
        raise Conflict(message)
    raise Contradiction(message)


def _bare(shape: MapShape) -> bool:
    limits = shape.min_properties, shape.max_properties
    return isinstance(shape.values, AnyShape) and limits == (None, None)


def _strings(first: StringShape, second: StringShape, description: str) -> StringShape:
    out = StringShape(
        description=description,
        min_length=_most(first.min_length, second.min_length),
        max_length=_least(first.max_length, second.max_length),
        pattern=_same("patterns", first.pattern, second.pattern),
        format=_same("formats", first.format, second.format),
        decimal=first.decimal or second.decimal,
        known=first.known or second.known,
    )
    choices = _common(first.enum, second.enum)
    if choices is None:
        return out
    problem = problem_of(out)
    fitting = tuple(choice for choice in choices if problem(choice) is None)
    return StringShape(description=description, enum=_some(fitting))


def _numbers(first: NumberShape, second: NumberShape, description: str) -> NumberShape:
    out = NumberShape(
        description=description,
        integer=first.integer or second.integer,
        decimal=(first.decimal or second.decimal) and not (first.integer or second.integer),
        minimum=_most(first.minimum, second.minimum),
        maximum=_least(first.maximum, second.maximum),
        exclusive_minimum=_most(first.exclusive_minimum, second.exclusive_minimum),
        exclusive_maximum=_least(first.exclusive_maximum, second.exclusive_maximum),
        multiple_of=_same("`multipleOf`", first.multiple_of, second.multiple_of),
    )
    choices = _common(first.enum, second.enum)
    if choices is None:
        return out
    problem = problem_of(out)
    fitting = tuple(choice for choice in choices if problem(choice) is None)
    return NumberShape(
        description=description,
        integer=all(choice == int(choice) for choice in fitting) and not out.decimal,
        decimal=out.decimal,
        enum=_some(fitting),
    )


def _most(a: N | None, b: N | None) -> N | None:
    return b if a is None else a if b is None else max(a, b)


def _least(a: N | None, b: N | None) -> N | None:
    return b if a is None else a if b is None else min(a, b)


def _common(a: tuple[T, ...] | None, b: tuple[T, ...] | None) -> tuple[T, ...] | None:
    if a is None or b is None:
        return b if a is None else a
    common = set(b)
    return tuple(choice for choice in a if choice in common)


def _some(choices: tuple[T, ...]) -> tuple[T, ...]:
    if not choices:
        message = "no value is left"
        raise Contradiction(message)
    return choices


def _same(what: str, a: T | None, b: T | None) -> T | None:
    if a is None or b is None or a == b:
        return b if a is None else a
    message = f"two {what}"
    raise Conflict(message)
