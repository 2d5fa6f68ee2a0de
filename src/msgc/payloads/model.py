"""The model of payloads: the shapes that JSON Schema is compiled into.

One shape serves all: the stubs emitter prints it as a dataclass and a codec, the checks of
examples and filters read it here. What no Python type says (`not`, `if`, unions without a tag) is
in `constraints`, which any shape but a reference may have: they only narrow what it admits.
"""

from __future__ import annotations

from typing import Any, Literal

from msgc.payloads.vocabulary import CHECKED_FORMATS
from msgc.record import Record
from msgc.source import Span
from msgc.tree import JsonValue


class Constraints(Record):
    """What a value must fit beyond its type: JSON Schema as `codec.keywords.rules` takes it."""

    schema: JsonValue
    definitions: dict[str, JsonValue]
    """What a `$ref` in it names, for the whole message; complete when that has been read."""


class Library(Record):
    """A schema for the package `jsonschema`, where the codec can't take it."""

    schema: str
    """Its address in `documents`."""
    documents: dict[str, JsonValue]
    """All that it refers into, by address."""


class AnyShape(Record):
    """Any JSON value (`{}` or `true`)."""

    description: str = ""
    constraints: Constraints | None = None


class NullShape(Record):
    """`null` and nothing else."""

    description: str = ""
    constraints: Constraints | None = None


class BooleanShape(Record):
    """`true` or `false`; `const` pins one."""

    description: str = ""
    const: bool | None = None
    constraints: Constraints | None = None


class NumberShape(Record):
    """A number; `integer` admits whole numbers only; `decimal` makes it a `Decimal` in Python."""

    description: str = ""
    integer: bool = False
    decimal: bool = False
    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    enum: tuple[int | float, ...] | None = None
    name: str = ""
    """What an enumeration is called, where a `$ref` leads to it."""
    constraints: Constraints | None = None


class StringShape(Record):
    """Text; `enum` with one value is a `const`."""

    description: str = ""
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    """As Python's `re` takes it (ECMA's `$` is `\\Z`)."""
    format: str | None = None
    """`uuid`, `date-time` and `date` are checked; others are notes."""
    enum: tuple[str, ...] | None = None
    known: tuple[str, ...] | None = None
    """The values of an `open-enum`: others may come."""
    name: str = ""
    """What an enumeration is called, where a `$ref` leads to it."""
    decimal: bool = False
    """`x-python: decimal`: a number written as text, a `Decimal` in Python."""
    spelled: bool = False
    """Whether a constraint around it looks at how it is spelled, so that it stays text."""
    constraints: Constraints | None = None

    @property
    def checked_format(self) -> str | None:
        """The format, if it is checked."""
        return self.format if self.enum is None and self.format in CHECKED_FORMATS else None

    @property
    def own_type(self) -> str | None:
        """The format that makes it a type of its own in Python.

        That type keeps a value and not its spelling: where more is said of the spelling, as with a
        `pattern`, it stays text, or what was read could not be written again.
        """
        lengths = self.format == "date-time" and self._has_lengths
        spelled = (
            lengths or self.spelled or self.pattern is not None or self.constraints is not None
        )
        return None if spelled else self.checked_format

    @property
    def decimal_format(self) -> str:
        """What a `Decimal` is written as; where its spelling matters, only what can come back."""
        spelled = self._has_lengths or self.spelled or self.pattern or self.constraints is not None
        return "exact-decimal" if spelled else "decimal"

    @property
    def _has_lengths(self) -> bool:
        return self.min_length is not None or self.max_length is not None


class ArrayShape(Record):
    """A list of one shape."""

    description: str = ""
    items: Shape
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    constraints: Constraints | None = None


class MapShape(Record):
    """An object whose keys are not known: `dict[str, T]`."""

    description: str = ""
    values: Shape
    min_properties: int | None = None
    max_properties: int | None = None
    constraints: Constraints | None = None


class Field(Record):
    """A property of an object."""

    wire: str
    """The name in JSON."""
    python: str
    """The name in Python: a legal identifier, no keyword."""
    shape: Shape
    required: bool
    description: str = ""
    default: JsonValue = None
    """What an absent property means: text, a number, a boolean or an empty list; None: no more."""
    null_by_default: bool = False
    """Whether it means null."""
    deprecated: bool = False
    sensitive: bool = False
    """Whether its value shall not be seen in logs."""
    span: Span

    @property
    def is_told_from_null(self) -> bool:
        """Whether a class must tell its absence from null, since null is a value of it."""
        known = self.required or self.null_by_default or self.default is not None
        return not known and admits_null(self.shape)

    @property
    def has_default(self) -> bool:
        """Whether its absence means a value."""
        return not self.required and (self.null_by_default or self.default is not None)


class ObjectShape(Record):
    """An object with known properties: a class of its own."""

    name: str
    """The Python class."""
    short: str = ""
    """What the class is called where several messages have it; empty: as its name says."""
    origin: str = ""
    """Where it stands, for a docstring: a path in the message, or a definition."""
    description: str = ""
    fields: tuple[Field, ...]
    closed: bool = False
    """`additionalProperties: false`: other properties are errors, not ignored."""
    rest: Field | None = None
    """`additionalProperties` with a schema: the field that keeps the others, a `MapShape`."""
    tacit: bool = False
    """Whether `rest` only preserves undeclared properties, of which the schema says nothing."""
    min_properties: int | None = None
    max_properties: int | None = None
    constraints: Constraints | None = None
    library: Library | None = None
    """What the package `jsonschema` looks at, in place of constraints: of a message only."""
    alternatives: UnionShape | None = None
    """The classes that a message is one of, if it is a union: then it has no class of its own.

    `fields` are those of all of them, and which go together is in `constraints`.
    """
    span: Span


class RefShape(Record):
    """A recursive reference to an object shape by its class name."""

    name: str
    description: str = ""
    classes: dict[str, ObjectShape]
    """The classes of the message; complete when the message has been read."""

    @property
    def target(self) -> ObjectShape:
        """The object itself."""
        return self.classes[self.name]


class UnionShape(Record):
    """One of several shapes; objects are told apart by `tag`, a required property with a const.

    `AnyShape` at the end stands for values of all other JSON types.
    """

    description: str = ""
    options: tuple[Shape, ...]
    tag: str | None = None
    hints: Hints | None = None
    """What says which object is meant, where several may fit."""
    constraints: Constraints | None = None


class Hints(Record):
    """OpenAPI's `discriminator` over objects without a constant: it says which is meant."""

    property: str
    values: dict[str, tuple[str, ...]]
    """Its values for each object, by the names of classes."""
    exclusive: bool
    """Whether a value must fit one object only: `oneOf`."""
    decides: bool
    """Whether a known value chooses the object by itself: in the description of an API."""


Shape = (
    AnyShape
    | NullShape
    | BooleanShape
    | NumberShape
    | StringShape
    | ArrayShape
    | MapShape
    | ObjectShape
    | RefShape
    | UnionShape
)


def admits_null(shape: Shape) -> bool:
    """Whether `null` is of a shape, as far as its type goes."""
    if isinstance(shape, UnionShape):
        return any(map(admits_null, shape.options))
    return isinstance(shape, AnyShape | NullShape)


Kind = Literal["string", "number", "boolean", "null", "object", "array"]

__all__ = [
    "Any", "AnyShape", "ArrayShape", "BooleanShape", "Constraints", "Field", "Kind", "MapShape",
    "NullShape", "NumberShape", "ObjectShape", "RefShape", "Shape", "StringShape", "UnionShape",
    "admits_null",
]  # fmt: skip
