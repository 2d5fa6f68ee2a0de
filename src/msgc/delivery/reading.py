"""Fields of a payload by their path."""

from __future__ import annotations

from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Kind,
    MapShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.record import Record


class Leaf(Record):
    """A field: what kinds of value it may have, whether it is always there, whether in a list."""

    kinds: frozenset[Kind]
    required: bool
    in_array: bool
    shape: Shape


def field_at(shape: ObjectShape, path: tuple[str, ...]) -> Leaf | None:
    """Return the field at a path, lists looked into; None when there is none."""
    found: Shape = shape
    required, in_array = True, False
    for step in path:
        while isinstance(found, ArrayShape):
            found, in_array, required = found.items, True, False
        if isinstance(found, UnionShape):
            found = next((o for o in found.options if isinstance(o, ObjectShape)), found)
            required = False
        if isinstance(found, AnyShape):
            return Leaf(kinds=_kinds(found), required=False, in_array=in_array, shape=found)
        if isinstance(found, MapShape):
            found, required = found.values, False
            continue
        field = (
            next((f for f in found.fields if f.wire == step), None)
            if isinstance(found, ObjectShape)
            else None
        )
        if field is None:
            return None
        found, required = field.shape, required and field.required
    return Leaf(kinds=_kinds(found), required=required, in_array=in_array, shape=found)


def _kinds(shape: Shape) -> frozenset[Kind]:
    match shape:
        case AnyShape():
            return frozenset(("string", "number", "boolean", "null", "object", "array"))
        case NullShape():
            return frozenset(("null",))
        case BooleanShape():
            return frozenset(("boolean",))
        case NumberShape():
            return frozenset(("number",))
        case StringShape():
            return frozenset(("string",))
        case ArrayShape():
            return frozenset(("array",))
        case MapShape() | ObjectShape() | RefShape():
            return frozenset(("object",))
        case UnionShape():
            return frozenset().union(*(_kinds(option) for option in shape.options))
