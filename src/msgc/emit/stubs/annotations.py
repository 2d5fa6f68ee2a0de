"""The types of fields as they are written: annotations, defaults, and aliases for what is long."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.emit.python_writer import PythonWriter, call_lines, string
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
)

_FORMATS = {
    "uuid": ("uuid", "UUID"),
    "date-time": ("datetime", "datetime"),
    "date": ("datetime", "date"),
}
_LONG = 60
"""Columns from which a type gets a name of its own."""


class Annotations:
    """Writes types for one module; imports what they need, under names that no field has."""

    def __init__(self, writer: PythonWriter, classes: Iterable[ObjectShape]) -> None:
        self._writer = writer
        self._taken: set[str] = set()
        for shape in classes:
            fields = (*shape.fields, shape.rest) if shape.rest else shape.fields
            self._taken |= {shape.name, *(field.python for field in fields)}
        self._aliases: dict[str, tuple[str, list[str]]] = {}
        self._written: set[str] = set()

    def symbol(self, module: str, name: str) -> str:
        """Return a name of another module, imported; `date_` where a field is called `date`.

        In a class body a field hides what has its name outside.
        """
        alias = name
        while alias in self._taken:
            alias += "_"
        if module != "builtins":
            return self._writer.use(module, name if alias == name else f"{name} as {alias}")
        return name if alias == name else self._writer.use(module, f"{name} as {alias}")

    def member(self, field: Field, alias: str) -> str:
        """Return the line of a field; `alias` is the name of its type, should it need one."""
        shape = field.shape
        constant = _constant(shape)
        if field.required:
            kind = self._short(shape, alias)
            default = f" = {_literal(constant)}" if constant is not None else ""
        elif field.default is not None:
            kind = self._short(shape, alias)
            default = f" = {self._default(field)}"
        else:
            kind = self._short(shape, alias)
            if not _admits_none(shape):
                kind = f"{kind} | None"
            default = " = None"
        return f"{field.python}: {kind}{default}"

    def type_of(self, shape: Shape) -> str:
        """Return the annotation of a shape, on one line."""
        return " | ".join(self._members(shape))

    def flush(self) -> None:
        """Write the aliases that were asked for since the last time."""
        for name, (opening, items) in self._aliases.items():
            if name in self._written:
                continue
            self._written.add(name)
            alias = self.symbol("typing", "TypeAlias")
            if opening:
                head = f"{name}: {alias} = {opening}["
                self._writer.lines(call_lines(head, items, "]", self._writer.room))
            else:
                with self._writer.block(f"{name}: {alias} = (", ")"):
                    self._writer.line(items[0])
                    self._writer.lines(f"| {item}" for item in items[1:])
            self._writer.lines(["", ""])

    def _short(self, shape: Shape, alias: str) -> str:
        """Return the annotation, or an alias for it where it is long."""
        members = self._members(shape)
        flat = " | ".join(members)
        if len(flat) <= _LONG:
            return flat
        choices = _choices(shape)
        if choices and (len(members) == 1 or members[1:] == ["None"]):
            opening = self.symbol("typing", "Literal")
            short = [self._alias(alias, opening, [_literal(choice) for choice in choices])]
        elif isinstance(shape, UnionShape) and len(members) > 2 and not _recursive(shape):
            kept = [member for member in members if member != "None"]
            short = [self._alias(alias, "", kept)]
        elif isinstance(shape, ArrayShape | MapShape):
            inner = shape.items if isinstance(shape, ArrayShape) else shape.values
            return self._container(shape, self._short(inner, alias))
        else:
            return flat
        return " | ".join([*short, "None"] if "None" in members else short)

    def _alias(self, name: str, opening: str, items: list[str]) -> str:
        while name in self._taken and name not in self._aliases:
            name += "_"
        self._taken.add(name)
        self._aliases[name] = (opening, items)
        return name

    def _members(self, shape: Shape) -> list[str]:
        """Return the members of a union, literals as one and None at the end."""
        shapes = shape.options if isinstance(shape, UnionShape) else (shape,)
        choices = [choice for option in shapes for choice in _choices(option)]
        out: list[str] = []
        if choices:
            literal = self.symbol("typing", "Literal")
            out.append(f"{literal}[{', '.join(_literal(choice) for choice in choices)}]")
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

    def _plain(self, shape: Shape) -> str:  # noqa: PLR0911  # one a kind
        match shape:
            case AnyShape():
                return self.symbol("typing", "Any")
            case NullShape():
                return "None"
            case BooleanShape():
                return self.symbol("builtins", "bool")
            case NumberShape():
                if shape.decimal:
                    return self.symbol("decimal", "Decimal")
                return self.symbol("builtins", "int" if shape.integer else "float")
            case StringShape():
                if shape.decimal:
                    return self.symbol("decimal", "Decimal")
                return self.symbol(*_FORMATS.get(shape.format or "", ("builtins", "str")))
            case ArrayShape():
                return self._container(shape, self.type_of(shape.items))
            case MapShape():
                return self._container(shape, self.type_of(shape.values))
            case ObjectShape() | RefShape():
                return shape.name
            case UnionShape():
                return self.type_of(shape)

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
        if isinstance(shape, StringShape) and shape.enum is None:
            if shape.decimal:
                return f"{self._plain(shape)}({string(str(value))})"
            if shape.format == "uuid":
                return f"{self._plain(shape)}({string(str(value))})"
            if shape.format in _FORMATS:
                return f"{self._plain(shape)}.fromisoformat({string(str(value))})"
        if isinstance(shape, NumberShape) and shape.decimal:
            return f"{self._plain(shape)}({string(repr(value))})"
        return _literal(value)


def _choices(shape: Shape) -> tuple[str | int | bool, ...]:
    """Return what `Literal` can list: text, integers, one boolean."""
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


def _literal(value: object) -> str:
    return string(value) if isinstance(value, str) else repr(value)


def _admits_none(shape: Shape) -> bool:
    if isinstance(shape, UnionShape):
        return any(_admits_none(option) for option in shape.options)
    return isinstance(shape, AnyShape | NullShape)


def _recursive(shape: UnionShape) -> bool:
    """Whether an alias of it would name a class that isn't defined yet."""
    return any(isinstance(option, RefShape) for option in shape.options)
