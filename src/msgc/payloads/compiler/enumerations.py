"""Enumerations that have a name: those that a `$ref` leads to, as `State` in `#/$defs/State`."""

from __future__ import annotations

from msgc.payloads.context import Context
from msgc.payloads.documents import Subschema
from msgc.payloads.model import NullShape, NumberShape, Shape, StringShape, UnionShape

_DEFINITIONS = frozenset({"$defs", "definitions", "schemas"})
"""Where schemas stand by name; the last is OpenAPI's, in `components`."""


def named(context: Context, here: Subschema, shape: Shape) -> Shape:
    """Return the shape of a schema that is referred to; an enumeration gets its name."""
    if not _is_definition(here):
        return shape
    if isinstance(shape, UnionShape):
        values = [option for option in shape.options if not isinstance(option, NullShape)]
        if len(values) == 1 and _is_nameless(values[0]):
            options = [_with_name(context, here, option) for option in shape.options]
            return shape.replace(options=tuple(options))
        return shape
    return _with_name(context, here, shape)


def _with_name(context: Context, here: Subschema, shape: Shape) -> Shape:
    if isinstance(shape, StringShape | NumberShape) and _is_nameless(shape):
        return shape.replace(name=context.names.give(here))
    return shape


def _is_nameless(shape: Shape) -> bool:
    """Whether it has several values, and no name yet."""
    if not isinstance(shape, StringShape | NumberShape) or shape.name:
        return False
    return shape.enum is not None and len(shape.enum) > 1


def _is_definition(here: Subschema) -> bool:
    """Whether a schema has a name of its own: a definition's, or its file's."""
    path = here.path
    return not path or (len(path) > 1 and path[-2] in _DEFINITIONS)
