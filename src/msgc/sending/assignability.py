"""Whether all values of one shape are of another: of a placeholder, and of what it fills."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import listing
from msgc.payloads.fields import field_at, is_within, kinds_of
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    Field,
    MapShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)

_DEEPEST = 8
"""Levels that are compared."""


def misfit(source: Shape, target: Shape, depth: int = 0) -> str | None:
    """Return why values of a shape don't fit another, by their types; None: they may."""
    source, target = _resolved(source), _resolved(target)
    if source is target or depth > _DEEPEST:
        return None
    given, wanted = kinds_of(source), kinds_of(target)
    if not given & wanted:
        return f"is {_named(given)}, not {_named(wanted)}"
    if given - wanted:
        known = given & wanted
        what = "anything" if isinstance(source, AnyShape) else _named(given - known)
        return f"may be {what}, not only {_named(wanted)}"
    if "number" in given and _whole(target) and not _whole(source):
        return "may have decimals, and a whole number is needed"
    return _misfit_within(source, target, depth)


def narrower(source: Shape, target: Shape) -> str | None:
    """Return what a target asks of a value that the source doesn't promise."""
    source, target = _resolved(source), _resolved(target)
    if source is target or isinstance(source, UnionShape) or isinstance(target, UnionShape):
        return None
    if isinstance(target, StringShape) and isinstance(source, StringShape):
        return _narrower_text(source, target)
    if isinstance(target, NumberShape) and isinstance(source, NumberShape):
        if target.enum is not None:
            within = source.enum is not None and set(source.enum) <= set(target.enum)
            return None if within else _listed(target.enum)
        return "a number within bounds" if _is_outside(source, target) else None
    return None


def _narrower_text(source: StringShape, target: StringShape) -> str | None:
    if target.enum is not None:
        within = source.enum is not None and set(source.enum) <= set(target.enum)
        return None if within else _listed(target.enum)
    if source.enum is not None:
        return None
    if target.pattern is not None and target.pattern != source.pattern:
        return "a text with a `pattern`"
    if target.checked_format is not None and target.checked_format != source.checked_format:
        return f"a text of format {target.checked_format}"
    too_long = target.max_length is not None and (
        source.max_length is None or source.max_length > target.max_length
    )
    too_short = target.min_length is not None and (source.min_length or 0) < target.min_length
    return "a text of another length" if too_long or too_short else None


def _is_outside(source: NumberShape, target: NumberShape) -> bool:
    low, high = target.minimum, target.maximum
    return (low is not None and (source.minimum is None or source.minimum < low)) or (
        high is not None and (source.maximum is None or source.maximum > high)
    )


def _listed(values: tuple[str, ...] | tuple[int | float, ...]) -> str:
    return listing((f"`{value}`" for value in values), "or")


def _misfit_within(source: Shape, target: Shape, depth: int) -> str | None:
    if isinstance(source, ArrayShape) and isinstance(target, ArrayShape):
        why = misfit(source.items, target.items, depth + 1)
        return f"has an item that {why}" if why else None
    if isinstance(target, ObjectShape) and isinstance(source, ObjectShape | MapShape):
        return next(_misfits_of_fields(source, target.fields, depth), None)
    return None


def _misfits_of_fields(
    source: ObjectShape | MapShape, fields: tuple[Field, ...], depth: int
) -> Iterator[str]:
    for field in fields:
        found = field_at(source, (field.wire,))
        if found is None or not found.required:
            if field.required:
                yield f"may have no `{field.wire}`"
        elif why := misfit(found.shape, field.shape, depth + 1):
            yield f"has a `{field.wire}` that {why}"


def _whole(shape: Shape) -> bool:
    """Whether all numbers of a shape are whole ones."""
    numbers = [s for s in _options(shape) if isinstance(s, NumberShape)]
    return bool(numbers) and all(is_within(number, "integer") for number in numbers)


def _options(shape: Shape) -> tuple[Shape, ...]:
    return shape.options if isinstance(shape, UnionShape) else (shape,)


def _resolved(shape: Shape) -> Shape:
    return shape.target if isinstance(shape, RefShape) else shape


_NOUNS = {"string": "a text", "number": "a number", "boolean": "a boolean", "null": "null",
          "object": "an object", "array": "a list"}  # fmt: skip


def _named(kinds: frozenset[str]) -> str:
    return listing((noun for kind, noun in _NOUNS.items() if kind in kinds), "or")
