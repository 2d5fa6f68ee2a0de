"""Questions about shapes: their JSON type, and what stands at a path."""

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

_ALL: frozenset[Kind] = frozenset({"string", "number", "boolean", "null", "object", "array"})


class FieldAt(Record):
    """The field at a path of a payload: its JSON types, and whether it is always there."""

    kinds: frozenset[Kind]
    """Its possible JSON types."""
    required: bool
    """It is there in every valid payload."""
    in_array: bool
    """The path leads through an array: there may be several, or none."""
    shape: Shape


def kind_of(shape: Shape) -> Kind:
    """Return the JSON type of a shape that has just one."""
    match shape:
        case StringShape():
            return "string"
        case NumberShape():
            return "number"
        case BooleanShape():
            return "boolean"
        case NullShape():
            return "null"
        case ArrayShape():
            return "array"
        case _:
            return "object"


def field_at(shape: Shape, path: tuple[str, ...]) -> FieldAt | None:
    """Return what stands at a path of property names; None if the schema has no such property.

    Arrays are looked into, as event patterns and filter policies do: `("items", "sku")`.
    """
    return _at(shape, path, required=True, in_array=False)


def _at(  # noqa: PLR0911  # one a kind
    shape: Shape, path: tuple[str, ...], *, required: bool, in_array: bool
) -> FieldAt | None:
    if isinstance(shape, RefShape):
        shape = shape.target
    if not path:
        return FieldAt(kinds=kinds_of(shape), required=required, in_array=in_array, shape=shape)
    match shape:
        case UnionShape():
            return _in_union(shape, path, required=required, in_array=in_array)
        case ArrayShape():
            needed = required and bool(shape.min_items)
            return _at(shape.items, path, required=needed, in_array=True)
        case MapShape():
            return _at(shape.values, path[1:], required=False, in_array=in_array)
        case ObjectShape():
            return _in_object(shape, path, required=required, in_array=in_array)
        case AnyShape():
            return FieldAt(kinds=_ALL, required=False, in_array=in_array, shape=shape)
        case _:
            return None


def _in_object(
    shape: ObjectShape, path: tuple[str, ...], *, required: bool, in_array: bool
) -> FieldAt | None:
    for field in shape.fields:
        if field.wire == path[0]:
            needed = required and field.required
            return _at(field.shape, path[1:], required=needed, in_array=in_array)
    if shape.rest is not None and not shape.tacit:
        return _at(shape.rest.shape, path, required=False, in_array=in_array)
    return None


def _in_union(
    shape: UnionShape, path: tuple[str, ...], *, required: bool, in_array: bool
) -> FieldAt | None:
    leaves = [_at(o, path, required=required, in_array=in_array) for o in shape.options]
    found = [leaf for leaf in leaves if leaf is not None]
    if not found:
        return None
    shapes = tuple(dict.fromkeys(leaf.shape for leaf in found))
    return FieldAt(
        kinds=frozenset(kind for leaf in found for kind in leaf.kinds),
        required=len(found) == len(leaves) and all(leaf.required for leaf in found),
        in_array=any(leaf.in_array for leaf in found),
        shape=shapes[0] if len(shapes) == 1 else UnionShape(options=shapes),
    )


def is_within(shape: Shape, kind: str) -> bool:
    """Whether all that a shape admits is of a type; `integer` counts as one."""
    if kind == "integer":
        options = shape.options if isinstance(shape, UnionShape) else (shape,)
        return all(isinstance(option, NumberShape) and option.integer for option in options)
    return kinds_of(shape) <= {kind}


def kinds_of(shape: Shape) -> frozenset[Kind]:
    """Return the JSON types that a shape may have."""
    if isinstance(shape, AnyShape):
        return _ALL
    if isinstance(shape, UnionShape):
        return frozenset(kind for option in shape.options for kind in kinds_of(option))
    return frozenset({kind_of(shape)})
