"""Enumerations that have a name: those that a `$ref` leads to, as `State` in `#/$defs/State`."""

from __future__ import annotations

from msgc.payloads.class_names import python_name
from msgc.payloads.codes import BAD_KEYWORD_VALUE
from msgc.payloads.context import Context
from msgc.payloads.documents import Subschema
from msgc.payloads.keywords.python_words import python_type
from msgc.payloads.model import (
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.tree import Mapping

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


def called(context: Context, here: Subschema, node: Mapping, shape: Shape) -> Shape:
    """Return a shape with the name that its `x-python` gives it; a class has it by its place."""
    kind = python_type(context, node)
    leaves = shape.options if isinstance(shape, UnionShape) else (shape,)
    if kind is not None and not any(isinstance(leaf, StringShape | NumberShape) for leaf in leaves):
        place = node.entries["x-python"][1].span
        message = f"`{kind}` is about texts and numbers, and this is neither"
        context.say(BAD_KEYWORD_VALUE, place, message)
    if python_name(node) is None or isinstance(shape, ObjectShape | RefShape):
        return shape
    made = named(context, here, shape)
    if made is shape and not (isinstance(shape, StringShape | NumberShape) and shape.name):
        place = node.entries["x-python"][1].span
        message = "`name` names a class or an enumeration, and this is neither"
        context.say(BAD_KEYWORD_VALUE, place, message)
    return made


def _with_name(context: Context, here: Subschema, shape: Shape) -> Shape:
    if isinstance(shape, StringShape | NumberShape) and _is_nameless(shape):
        return shape.replace(name=context.names.give(here))
    return shape


def _is_nameless(shape: Shape) -> bool:
    """Whether it has several values, and no name yet."""
    if not isinstance(shape, StringShape | NumberShape) or shape.name:
        return False
    values = shape.enum
    if isinstance(shape, StringShape):
        values = shape.enum or shape.known
    return values is not None and len(values) > 1


def _is_definition(here: Subschema) -> bool:
    """Whether a schema has a name of its own: a definition's, its file's, or one for Python."""
    path = here.path
    if python_name(here.node) is not None:
        return True
    return not path or (len(path) > 1 and path[-2] in _DEFINITIONS)
