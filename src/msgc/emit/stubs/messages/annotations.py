"""Print the types of fields: annotations, defaults, and aliases for long unions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from msgc.emit.python_writer import PythonWriter, call_lines, scalar, string
from msgc.emit.stubs.writing.location import Location
from msgc.payloads.identifiers import Taken
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
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
from msgc.payloads.specification import parts

_FORMATS = {
    "uuid": ("uuid", "UUID"),
    "date-time": ("datetime", "datetime"),
    "date": ("datetime", "date"),
}
_MOST = 300
"""Values up to which `Literal` lists them: there are 249 countries."""
_LONG = 60
"""Columns from which a type gets a name of its own."""
_LONGEST = 60
"""Columns of such a name: what it stands for begins on the same line."""


class Annotations:
    """Writes types for one module; imports what they need, under names that no field has."""

    def __init__(self, writer: PythonWriter, shapes: Iterable[Shape], location: Location) -> None:
        self._writer = writer
        self.location = location
        self._names = Taken({*map(_name_of, shapes)} - {""})
        """Classes and aliases of the module."""
        self._enumerations: set[str] = set()
        """Those that have been written by their names."""
        self._fields: set[str] = set()
        self._runtime: dict[str, str] = {}
        self._aliases: list[tuple[str, str, list[str]]] = []

    def enter(self, shape: ObjectShape) -> None:
        """Begin a class: its fields hide what has their names outside."""
        fields = (*shape.fields, shape.rest) if shape.rest else shape.fields
        self._fields = {field.python for field in fields}
        self._runtime.clear()

    def symbol(self, module: str, name: str) -> str:
        """Return a name of another module, imported; `date_` where a field is called `date`."""
        alias = name
        while alias in self._fields or alias in self._names:
            alias += "_"
        if module == "builtins" and alias == name:
            return name
        return self._writer.use(module, name if alias == name else f"{name} as {alias}")

    def runtime(self, module: str) -> str:
        """Return the name of a module of the runtime's codec, imported."""
        if module not in self._runtime:
            room, _, name = f"codec.{module}".rpartition(".")
            self._runtime[module] = self.symbol(self.location.module(room, ".."), name)
        return self._runtime[module]

    def _unset(self, name: str) -> str:
        return self.symbol(self.location.module("codec.unset", ".."), name)

    def member(self, shape: ObjectShape, field: Field) -> tuple[str, str]:
        """Return the line of a field, and its documentation."""
        own = _own_type(field.shape)
        if own is not None and not _choices(field.shape):
            kind, constant = self.symbol(*own), None
        else:
            kind = self._short(field.shape, lambda: _alias_of(shape, field))
            constant = _constant(field.shape)
        default = ""
        if field.required:
            default = "" if constant is None else f" = {scalar(constant)}"
        elif field.default is not None:
            default = f" = {self._default(field)}"
        elif field.is_told_from_null:
            kind = kind if _admits_all(field.shape) else f"{kind} | {self._unset('Unset')}"
            default = f" = {self._unset('UNSET')}"
        else:
            kind = kind if admits_null(field.shape) else f"{kind} | None"
            default = " = None"
        prefix = "Deprecated. " if field.deprecated else ""
        return f"{field.python}: {kind}{default}", f"{prefix}{field.description}".strip()

    def rest(self, rest: Field) -> tuple[str, str]:
        """Return the line of the field that keeps other properties, and its documentation."""
        field = self.symbol("dataclasses", "field")
        kind = self.type_of(rest.shape)
        # The type checkers want to know of what; a class that isn't there yet has to wait.
        made = f"lambda: {kind}()" if _recursive(rest.shape) else kind
        head = f"{rest.python}: {kind} = {field}("
        lines = call_lines(head, [f"default_factory={made}"], ")", self._writer.room - 4)
        return "\n".join(lines), rest.description

    def type_of(self, shape: Shape) -> str:
        """Return the annotation of a shape, on one line."""
        return " | ".join(self._members(shape))

    def flush(self) -> None:
        """Write the aliases that were asked for since the last time."""
        for name, literal, items in self._aliases:
            head = f"{name}: {self.symbol('typing', 'TypeAlias')} = "
            flat = " | ".join(items)
            if literal:
                self._writer.lines(call_lines(f"{head}{literal}[", items, "]", self._writer.room))
            elif len(head) + len(flat) <= self._writer.room:
                self._writer.line(head + flat)
            else:
                with self._writer.block(f"{head}(", ")"):
                    if len(flat) <= self._writer.room:
                        self._writer.line(flat)
                    else:
                        self._writer.line(items[0])
                        self._writer.lines(f"| {item}" for item in items[1:])
            self._writer.lines(["", ""])
        self._aliases.clear()

    def _short(self, shape: Shape, alias: Callable[[], str]) -> str:
        """Return the annotation, or an alias for it where it is long."""
        members = self._members(shape)
        flat = " | ".join(members)
        if len(flat) <= _LONG:
            return flat
        value = _without_null(shape)
        choices = () if _name_of(value) else _choices(value)
        if choices:
            literal = self.symbol("typing", "Literal")
            short = [self._alias(alias(), literal, [scalar(choice) for choice in choices])]
        elif isinstance(shape, UnionShape) and len(members) > 2 and not _recursive(shape):
            kept = [member for member in members if member != "None"]
            short = [self._alias(alias(), "", kept)]
        elif isinstance(shape, ArrayShape | MapShape):
            inner = shape.items if isinstance(shape, ArrayShape) else shape.values
            return self._container(shape, self._short(inner, alias))
        else:
            return flat
        return " | ".join([*short, "None"] if "None" in members else short)

    def _alias(self, name: str, literal: str, items: list[str]) -> str:
        name = self._names.unique(name[:_LONGEST])
        self._aliases.append((name, literal, items))
        return name

    def _members(self, shape: Shape) -> list[str]:
        """Return the members of a union, literals as one and None at the end."""
        if not isinstance(shape, UnionShape) and not _choices(shape):
            return [self._plain(shape)]
        shapes = shape.options if isinstance(shape, UnionShape) else (shape,)
        out = [self._enumeration(option) for option in shapes if _is_enumeration(option)]
        shapes = tuple(option for option in shapes if not _is_enumeration(option))
        choices = [choice for option in shapes for choice in _choices(option)]
        if choices:
            literal = self.symbol("typing", "Literal")
            out.append(f"{literal}[{', '.join(scalar(choice) for choice in choices)}]")
        for option in shapes:
            if not _choices(option):
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
        """Return the name of an enumeration, and let it be written above the class."""
        name = _name_of(shape)
        if name not in self._enumerations:
            self._enumerations.add(name)
            items = [scalar(choice) for choice in _choices(shape)]
            self._aliases.append((name, self.symbol("typing", "Literal"), items))
        return name

    def _plain(self, shape: Shape) -> str:
        own = _own_type(shape)
        if own is not None:
            return self.symbol(*own)
        match shape:
            case ArrayShape():
                return self._container(shape, self.type_of(shape.items))
            case MapShape():
                return self._container(shape, self.type_of(shape.values))
            case ObjectShape() | RefShape():
                return shape.name
            case UnionShape():
                return self.type_of(shape)
            case _:  # a `NullShape`: the others have a type of their own
                return "None"

    def _container(self, shape: ArrayShape | MapShape, inner: str) -> str:
        if isinstance(shape, ArrayShape):
            return f"{self.symbol('builtins', 'tuple')}[{inner}, ...]"
        text, table = self.symbol("builtins", "str"), self.symbol("builtins", "dict")
        return f"{table}[{text}, {inner}]"

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


def _name_of(shape: Shape) -> str:
    """Return what a shape is called in its module; empty if it isn't called anything."""
    return shape.name if isinstance(shape, ObjectShape | StringShape | NumberShape) else ""


def _without_null(shape: Shape) -> Shape:
    """Return the only option of a union that isn't null, or the shape itself."""
    if not isinstance(shape, UnionShape):
        return shape
    values = [option for option in shape.options if not isinstance(option, NullShape)]
    return values[0] if len(values) == 1 else shape


def _is_enumeration(shape: Shape) -> bool:
    """Whether it has a name as well as values that can be listed."""
    return isinstance(shape, StringShape | NumberShape) and bool(shape.name and _choices(shape))


def _alias_of(shape: ObjectShape, field: Field) -> str:
    return shape.name + "".join(word.capitalize() for word in field.python.split("_"))


@lru_cache(maxsize=1000)
def _own_type(shape: Shape) -> tuple[str, str] | None:
    """Return module and name of the type of a value that isn't made of others."""
    if isinstance(shape, AnyShape):
        return "typing", "Any"
    if isinstance(shape, BooleanShape):
        return "builtins", "bool"
    if not isinstance(shape, StringShape | NumberShape):
        return None
    if shape.decimal:
        return "decimal", "Decimal"
    if isinstance(shape, NumberShape):
        return "builtins", "int" if shape.integer else "float"
    return _FORMATS.get(shape.own_type or "", ("builtins", "str"))


@lru_cache(maxsize=1000)
def _choices(shape: Shape) -> tuple[str | int | bool, ...]:
    """Return what `Literal` can list: text, integers, one boolean."""
    if isinstance(shape, StringShape | NumberShape) and len(shape.enum or ()) > _MOST:
        return ()
    if isinstance(shape, StringShape) and shape.enum is not None:
        return shape.enum
    if isinstance(shape, NumberShape) and shape.enum is not None and shape.integer:
        return tuple(int(value) for value in shape.enum)
    if isinstance(shape, BooleanShape) and shape.const is not None:
        return (shape.const,)
    return ()


def _constant(shape: Shape) -> str | int | bool | None:
    choices = _choices(shape)
    return choices[0] if len(choices) == 1 else None


def _admits_all(shape: Shape) -> bool:
    """Whether its annotation has `Any` in it."""
    if isinstance(shape, UnionShape):
        return any(map(_admits_all, shape.options))
    return isinstance(shape, AnyShape)


def _recursive(shape: Shape) -> bool:
    """Whether it names a class that isn't defined yet."""
    if isinstance(shape, ObjectShape):
        return False
    return isinstance(shape, RefShape) or any(_recursive(part) for part in parts(shape))
