"""Print a class's codec specification (`payloads.specification`) as Python."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from msgc.emit.python_writer import call, call_lines, literal, scalar, string
from msgc.payloads.calls import Argument, Call, ClassName, Data, Definitions, Regex
from msgc.payloads.model import ObjectShape, Shape
from msgc.payloads.specification import spec, specification
from msgc.tree import JsonValue

_ANY = 10_000
"""Room for everything."""

DEFINITIONS = "_DEFINITIONS"
"""What a module calls the schemas that its rules share."""


class Names(Protocol):
    """What a codec calls things by, imported where they have to be."""

    def runtime(self, module: str) -> str:
        """Return the name of a module of the runtime's codec."""
        ...

    def name(self, local: str) -> str:
        """Return the name of a class."""
        ...

    def values(self, choices: tuple[object, ...]) -> str | None:
        """Return an alias whose `Literal` has these values."""
        ...

    def define(self, schemas: dict[str, JsonValue]) -> None:
        """Let schemas be defined that several rules refer to."""
        ...

    @property
    def renames_nothing(self) -> bool:
        """Whether `codec` is called so, and no enumeration has an alias."""
        ...


def codec_lines(
    shape: ObjectShape, name: str, names: Names, room: int, flat_room: int
) -> list[str]:
    """Return `Name.__codec__ = codec.Object(...)`, a property a line if there are several.

    A class that fits in `flat_room` stands on one line.
    """
    whole = specification(shape)
    arguments = _arguments(whole, names, room - 4)
    opening = f"{name}.__codec__ = {names.runtime(whole.module)}.{whole.function}("
    flat = f"{opening}{', '.join(arguments)})"
    if len(flat) <= flat_room and "\n" not in flat:
        return [flat]
    out = [opening]
    for argument in arguments:
        text = argument.replace("\n", "\n    ") if "\n" in argument else argument
        out += f"    {text},".split("\n")
    out[-1] = f"{out[-1].removesuffix(',')})"
    return out


def codec_of(shape: Shape, names: Names) -> str:
    """Return the specification of a value as an expression."""
    return _argument(spec(shape), names, _ANY)


def _arguments(made: Call, names: Names, room: int) -> list[str]:
    """Return the arguments of a call, each as it is on lines of its own, with a comma behind."""
    out: list[str] = []
    plainly = names.renames_nothing
    for value in made.arguments:
        if not (plainly and isinstance(value, Call) and value.plain):
            out.append(_argument(value, names, room - 1))
            continue
        if not value.flat:
            value.flat = _flat(value, "codec")
        short = len(value.flat) < room
        out.append(value.flat if short else _argument(value, names, room - 1))
    for key, value in made.options.items():
        out.append(f"{key}={_argument(value, names, room - 1 - len(key) - 1)}")
    return out


def _argument(value: Argument, names: Names, room: int) -> str:  # noqa: PLR0911  # one a kind
    match value:
        case Call():
            return _call(value, names, room)
        case Regex(text=text):
            return _raw(text) or string(text)
        case str():
            return string(value)
        case Data(value=data):
            return literal(data, room)
        case Definitions(value=schemas):
            names.define(schemas)
            return DEFINITIONS
        case ClassName(name=name):
            return names.name(name)
        case tuple():
            return _tuple(value, names, room)
        case _:
            return scalar(value)


def _call(value: Call, names: Names, room: int) -> str:
    module = names.runtime(value.module)
    if value.function == "Choice":
        alias = names.values(value.arguments)
        if alias is not None:
            return f"{module}.Choice(*{alias})"
    if value.plain and not _is_field_of_choice(value):
        flat = _flat(value, module)
    else:
        flat = f"{module}.{value.function}({', '.join(_arguments(value, names, _ANY))})"
    if len(flat) <= room:
        return flat
    return call(f"{module}.{value.function}(", _arguments(value, names, room - 4), 0)


def _tuple(value: tuple[Argument, ...], names: Names, room: int) -> str:
    items = [_argument(item, names, room - 5) for item in value]
    if len(items) == 1:
        return f"({items[0]},)"
    return "\n".join(call_lines("(", items, ")", room))


@lru_cache(maxsize=1000)
def _flat(value: Call, module: str) -> str:
    """Return a plain call on one line; many messages have the same."""
    arguments = _arguments(value, _OneModule(module), _ANY)
    return f"{module}.{value.function}({', '.join(arguments)})"


def _raw(value: str) -> str | None:
    """Return a regular expression as a raw string, if it can be one and is better as one."""
    if "\\" not in value or not value.isprintable():
        return None
    if '"' in value or value.endswith("\\"):
        return None
    return f'r"{value}"'


class _OneModule:
    """The names in a plain call: all of one module."""

    def __init__(self, module: str) -> None:
        self._module = module

    def runtime(self, module: str) -> str:  # noqa: ARG002  # there is one
        return self._module

    @property
    def renames_nothing(self) -> bool:
        return False  # whoever asks is about to find out

    def name(self, local: str) -> str:
        return local

    def values(self, choices: tuple[object, ...]) -> str | None:  # noqa: ARG002  # it has none
        return None

    def define(self, schemas: dict[str, JsonValue]) -> None:
        """Do nothing: a plain call has none."""


def _is_field_of_choice(value: Call) -> bool:
    inner = value.arguments[1] if len(value.arguments) > 1 else None
    return isinstance(inner, Call) and inner.function == "Choice"
