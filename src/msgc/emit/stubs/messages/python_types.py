"""Questions about how a shape is written in Python."""

from __future__ import annotations

from functools import lru_cache

from msgc.emit.stubs.messages.choices import choices_of, is_enumeration, is_open
from msgc.emit.stubs.messages.layout import PARTS
from msgc.payloads.model import (
    BooleanShape,
    Field,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.specification import parts

_FORMATS = {
    "uuid": ("uuid", "UUID"),
    "date-time": ("datetime", "datetime"),
    "date": ("datetime", "date"),
}


def says_the_same(field: Field) -> bool:
    """Whether a field's class has its description already."""
    shape = without_null(field.shape)
    return isinstance(shape, ObjectShape) and shape.description == field.description


def without_null(shape: Shape) -> Shape:
    """Return the only option of a union that isn't null, or the shape itself."""
    if not isinstance(shape, UnionShape):
        return shape
    values = [option for option in shape.options if not isinstance(option, NullShape)]
    return values[0] if len(values) == 1 else shape


@lru_cache(maxsize=1000)
def own_type(shape: Shape) -> tuple[str, str] | None:
    """Return module and name of the type of a value that isn't made of others, but `JSON`."""
    if isinstance(shape, BooleanShape):
        return "builtins", "bool"
    if not isinstance(shape, StringShape | NumberShape):
        return None
    if shape.decimal:
        return "decimal", "Decimal"
    if isinstance(shape, NumberShape):
        return "builtins", "int" if shape.integer else "float"
    return _FORMATS.get(shape.own_type or "", ("builtins", "str"))


def constant_of(shape: Shape) -> str | int | bool | None:
    """Return the only value of a shape, if it has one that can be written."""
    choices = choices_of(shape)
    return choices[0] if len(choices) == 1 and not is_open(shape) else None


def names_some(shape: Shape) -> bool:
    """Whether it names a class or an alias, which isn't defined yet."""
    if isinstance(shape, ObjectShape | RefShape) or is_enumeration(shape):
        return True
    return any(map(names_some, parts(shape)))


def way(start: str, module: str) -> str:
    """Return a module of `messages` as another one imports it."""
    if start.startswith(f"{PARTS}."):
        inside = module.removeprefix(f"{PARTS}.")
        return f".{inside}" if inside != module else f"..{module}"
    return f".{module}"
