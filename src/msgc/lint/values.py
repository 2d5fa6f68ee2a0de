"""What a field of a message may be, for rules about groups and deduplication ids."""

from __future__ import annotations

from collections.abc import Iterator

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
from msgc.topology.model import Message


def field_values(message: Message, path: tuple[str, ...]) -> tuple[str | int | float, ...] | None:
    """Return all values that a field may have; None if they aren't listed in its schema."""
    leaf = field_at(message.payload, path)
    if leaf is None:
        return None
    found: list[str | int | float] = []
    for shape in options(leaf.shape):
        if not isinstance(shape, StringShape | NumberShape) or shape.enum is None:
            return None
        found += shape.enum
    return tuple(found)


def has_few_values(shape: Shape) -> bool:
    """Whether a shape has no more values than somebody wrote down: an enum, a boolean, null."""
    return all(
        shape.enum is not None
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
