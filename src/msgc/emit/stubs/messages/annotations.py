"""Print the types of fields: annotations, defaults, and aliases for long unions."""

from __future__ import annotations

from collections.abc import Callable

from msgc.emit.python_writer import PythonWriter, call_lines, scalar, string
from msgc.emit.stubs.messages.aliases import Aliases
from msgc.emit.stubs.messages.choices import choices_of, is_enumeration, is_open
from msgc.emit.stubs.messages.layout import Module, Place
from msgc.emit.stubs.messages.python_types import (
    constant_of,
    names_some,
    own_type,
    says_the_same,
    way,
    without_null,
)
from msgc.emit.stubs.messages.sharing import name_of
from msgc.emit.stubs.writing.location import Location
from msgc.payloads.class_names import LONGEST
from msgc.payloads.identifiers import Taken
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    Field,
    MapShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
    admits_null,
)
from msgc.tree import JsonValue

_LONG = 60
"""Columns from which a type gets a name of its own."""


class Annotations:
    """Writes types for one module; imports what they need, under names that no field has."""

    def __init__(self, writer: PythonWriter, module: Module, location: Location) -> None:
        self._writer = writer
        self._module = module
        self._places = module.places
        self._up = "." * (2 + module.name.count("."))
        """The dots that lead to the package."""
        self.location = location
        self._names = Taken(
            place.name for place in (*self._places.values(), *module.aliases.values())
        )
        """Classes and aliases of the module."""
        self._fields: set[str] = set()
        self.aliases = Aliases(writer, self.symbol)
        self._values: dict[str, str] = {}
        """The aliases of enumerations, by their values."""
        self._runtime: dict[str, str] = {}
        self.definitions: dict[str, JsonValue] = {}
        """Schemas that the rules of the module refer to."""

    def enter(self, shape: ObjectShape) -> None:
        """Begin a class: its fields hide what has their names outside."""
        fields = (*shape.fields, shape.rest) if shape.rest else shape.fields
        self._fields = {field.python for field in fields}

    def leave(self) -> None:
        """End a class: what comes now stands outside."""
        self._fields = set()

    def name(self, local: str) -> str:
        """Return the name of a class or an enumeration, imported if it is of another module."""
        return self.place(self._places[local])

    def define(self, schemas: dict[str, JsonValue]) -> None:
        """Let schemas be defined that several rules refer to."""
        self.definitions |= schemas

    def place(self, place: Place) -> str:
        """Return the name of what stands at a place, imported if that is another module."""
        if place.module != self._module.name:
            self._writer.use(way(self._module.name, place.module), place.name)
        return place.name

    def symbol(self, module: str, name: str) -> str:
        """Return a name of another module, imported; `date_` where a field is called `date`."""
        alias = name
        while alias in self._fields or alias in self._names:
            alias += "_"
        if module == "builtins" and alias == name:
            return name
        return self._writer.use(module, name if alias == name else f"{name} as {alias}")

    def runtime(self, module: str) -> str:
        """Return the name of a module of the runtime's codec, imported; no class calls for it."""
        found = self._runtime.get(module)
        if found is None:
            room, _, name = f"codec.{module}".rpartition(".")
            found = self.symbol(self.location.module(room, self._up), name)
            self._runtime[module] = found
        return found

    def of_runtime(self, module: str, name: str) -> str:
        """Return a name of a module of the runtime's codec, imported."""
        return self.symbol(self.location.module(f"codec.{module}", self._up), name)

    def of_package(self, module: str, name: str) -> str:
        """Return a name of a module of the runtime itself, imported."""
        return self.symbol(self.location.module(module, self._up), name)

    def _unset(self, name: str) -> str:
        return self.of_runtime("unset", name)

    def member(self, shape: ObjectShape, field: Field) -> tuple[str, str]:
        """Return the line of a field, and its documentation."""
        own = own_type(field.shape)
        if own is not None and not choices_of(field.shape):
            kind, constant = self.symbol(*own), None
        else:
            kind = self._short(field.shape, lambda: self._alias_of(shape, field))
            constant = constant_of(field.shape)
        default = ""
        if field.required:
            default = "" if constant is None else f" = {scalar(constant)}"
        elif field.default is not None:
            default = f" = {self._default(field)}"
        elif field.is_told_from_null:
            kind += f" | {self._unset('Unset')}"
            default = f" = {self._unset('UNSET')}"
        else:
            kind = kind if admits_null(field.shape) else f"{kind} | None"
            default = " = None"
        said = "" if says_the_same(field) else field.description
        prefix = "Deprecated. " if field.deprecated else ""
        if field.sensitive:
            default = self._hidden(default)
        return f"{field.python}: {kind}{default}", f"{prefix}{said}".strip()

    def _hidden(self, default: str) -> str:
        """Return the default of a field that a `repr` doesn't show."""
        made = self.symbol("dataclasses", "field")
        value = default.removeprefix(" = ")
        if value.startswith(f"{made}("):
            return f" = {value[:-1]}, repr=False)"
        return f" = {made}({f'default={value}, ' if value else ''}repr=False)"

    def rest(self, rest: Field) -> tuple[str, str]:
        """Return the lines of the field that keeps other properties; it says what it is."""
        field = self.symbol("dataclasses", "field")
        kind = self.type_of(rest.shape)
        # The type checkers want to know of what; a class that isn't there yet has to wait.
        made = f"lambda: {kind}()" if names_some(rest.shape) else kind
        head = f"{rest.python}: {kind} = {field}("
        lines = call_lines(head, [f"default_factory={made}"], ")", self._writer.room - 4)
        return "\n".join(lines), ""

    def type_of(self, shape: Shape) -> str:
        """Return the annotation of a shape, on one line."""
        return " | ".join(self._members(shape))

    def enumeration(self, shape: Shape) -> None:
        """Let an enumeration with a name be written."""
        items = [scalar(choice) for choice in choices_of(shape)]
        self.aliases.literal(self.name(name_of(shape)), items, is_open=is_open(shape))

    def _short(self, shape: Shape, alias: Callable[[], str]) -> str:
        """Return the annotation, or an alias for it where it is long."""
        members = self._members(shape)
        flat = " | ".join(members)
        if len(flat) <= _LONG:
            return flat
        value = without_null(shape)
        choices = () if is_enumeration(value) else choices_of(value)
        listed = () if choices else _listable(shape)
        if listed:
            name = self._names.unique(alias())
            self.aliases.literal(name, [scalar(value) for value in listed])
            short = [name]
        elif choices:
            name = self._names.unique(alias())
            items = [scalar(choice) for choice in choices]
            self.aliases.literal(name, items, is_open=is_open(value))
            self._values[repr(choices)] = name
            short = [name]
        elif isinstance(shape, UnionShape) and len(members) > 2:
            kept = [member for member in members if member != "None"]
            name = self._names.unique(alias())
            self.aliases.union(name, kept)
            short = [name]
        elif isinstance(shape, ArrayShape | MapShape):
            inner = shape.items if isinstance(shape, ArrayShape) else shape.values
            return self._container(shape, self._short(inner, alias))
        else:
            return flat
        return " | ".join([*short, "None"] if "None" in members else short)

    def _members(self, shape: Shape) -> list[str]:
        """Return the members of a union, literals as one and None at the end."""
        if not isinstance(shape, UnionShape) and not choices_of(shape):
            return [self._plain(shape)]
        shapes = shape.options if isinstance(shape, UnionShape) else (shape,)
        out = [self._enumeration(option) for option in shapes if is_enumeration(option)]
        shapes = tuple(option for option in shapes if not is_enumeration(option))
        choices = [choice for option in shapes for choice in choices_of(option)]
        if choices:
            literal = self.symbol("typing", "Literal")
            out.append(f"{literal}[{', '.join(scalar(choice) for choice in choices)}]")
            out += ["str"] if any(map(is_open, shapes)) else []
        for option in shapes:
            if not choices_of(option):
                out += (
                    self._members(option)
                    if isinstance(option, UnionShape)
                    else [self._plain(option)]
                )
        members = list(dict.fromkeys(out))
        if "None" in members:
            members.remove("None")
            members.append("None")
        return members

    def _enumeration(self, shape: Shape) -> str:
        name = self.name(name_of(shape))
        self._values.setdefault(repr(choices_of(shape)), name)
        return name

    @property
    def renames_nothing(self) -> bool:
        """Whether `codec` is called so, and no enumeration has an alias."""
        return not self._values and self.runtime("codec") == "codec"

    def values(self, choices: tuple[object, ...]) -> str | None:
        """Return the values of an enumeration that has an alias, as an expression."""
        if not self._values:
            return None
        name = self._values.get(repr(choices))
        return name and f"{self.symbol('typing', 'get_args')}({name})"

    def _plain(self, shape: Shape) -> str:  # noqa: PLR0911  # one a kind
        own = own_type(shape)
        if own is not None:
            return self.symbol(*own)
        match shape:
            case ArrayShape():
                return self._container(shape, self.type_of(shape.items))
            case MapShape():
                return self._container(shape, self.type_of(shape.values))
            case ObjectShape() | RefShape():
                return self.name(shape.name)
            case UnionShape():
                return self.type_of(shape)
            case AnyShape():
                return self.of_runtime("any_value", "JSON")
            case _:  # a `NullShape`: the others have a type of their own
                return "None"

    def _container(self, shape: ArrayShape | MapShape, inner: str) -> str:
        if isinstance(shape, ArrayShape):
            return f"{self.symbol('builtins', 'tuple')}[{inner}, ...]"
        text, table = self.symbol("builtins", "str"), self.symbol("builtins", "dict")
        return f"{table}[{text}, {inner}]"

    def _alias_of(self, shape: ObjectShape, field: Field) -> str:
        words = "".join(word.capitalize() for word in field.python.split("_"))
        name = f"{self.name(shape.name)}{words}"
        return name if len(name) <= LONGEST else words[:LONGEST]

    def _default(self, field: Field) -> str:
        """Return the default as an expression of the field's type."""
        shape, value = field.shape, field.default
        if isinstance(value, list):
            return "()"
        kind = self._plain(shape) if isinstance(shape, NumberShape | StringShape) else ""
        if isinstance(shape, NumberShape | StringShape) and shape.decimal:
            return f"{kind}({string(str(value))})"
        if isinstance(shape, StringShape) and shape.own_type is not None:
            make = kind if shape.own_type == "uuid" else f"{kind}.fromisoformat"
            made = self.symbol("dataclasses", "field")
            return f"{made}(default_factory=lambda: {make}({string(str(value))}))"
        return scalar(value)


def _listable(shape: Shape) -> tuple[str | int | bool, ...]:
    """Return all values of a shape or a union, but null, if they can be listed and have no name."""
    found: list[str | int | bool] = []
    for option in shape.options if isinstance(shape, UnionShape) else (shape,):
        if isinstance(option, NullShape):
            continue
        values = () if is_enumeration(option) or is_open(option) else choices_of(option)
        if not values:
            return ()
        found += values
    return tuple(dict.fromkeys(found))
