"""List the values that a field of a message may have, for groups and deduplication ids."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.patterns.satisfiability.matcher_verdicts import few_values
from msgc.payloads import field_at
from msgc.payloads.model import (
    BooleanShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.source import Span
from msgc.topology.messages import Message


def field_values(message: Message, path: tuple[str, ...]) -> tuple[str | int | float, ...] | None:
    """Return all values that a field may have: listed in its schema, or in a short range.

    None: there are more, or too many to be told.
    """
    leaf = field_at(message.payload, path)
    if leaf is None:
        return None
    found: list[str | int | float] = []
    for shape in options(leaf.shape):
        values = few_values(shape) if isinstance(shape, StringShape | NumberShape) else None
        if values is None:
            return None
        found += values
    return tuple(found)


def has_few_values(shape: Shape) -> bool:
    """Whether a shape's values can all be told: an enum, a short range, a boolean, null."""
    return all(
        few_values(shape) is not None
        if isinstance(shape, StringShape | NumberShape)
        else isinstance(shape, BooleanShape | NullShape)
        for shape in options(shape)
    )


def options(shape: Shape) -> Iterator[Shape]:
    """Yield the shapes that a value may have."""
    if isinstance(shape, UnionShape):
        for option in shape.options:
            yield from options(option)
    else:
        yield shape


def schema_place(message: Message, path: tuple[str, ...]) -> Span | None:
    """Return where the schema declares the field at a path; None where it lies in a union."""
    shape: Shape = message.payload
    span: Span | None = None
    for step in path:
        if isinstance(shape, RefShape):
            shape = shape.target
        if not isinstance(shape, ObjectShape):
            return None
        field = next((field for field in shape.fields if field.wire == step), None)
        if field is None:
            return None
        shape, span = field.shape, field.span
    return span
