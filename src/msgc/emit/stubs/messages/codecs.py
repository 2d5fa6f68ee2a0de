"""Print a class's codec specification (`payloads.specification`) as Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from msgc.emit.python_writer import call, call_lines, literal, scalar, string
from msgc.payloads.model import ObjectShape
from msgc.payloads.specification import (
    Argument,
    Call,
    ClassName,
    Data,
    Definitions,
    Regex,
    specification,
)
from msgc.tree import JsonValue

_ANY = 10_000
"""Room for everything."""

Use = Callable[[str], str]
"""Returns the name of a module of the runtime, which is imported then."""
DEFINITIONS = "_DEFINITIONS"
"""What a module calls the schemas that its rules share."""


def definitions_of(classes: Iterable[ObjectShape]) -> dict[str, JsonValue]:
    """Return the schemas that the rules of classes refer to."""
    found: dict[str, JsonValue] = {}
    waiting: list[Argument] = [specification(shape) for shape in classes]
    while waiting:
        argument = waiting.pop()
        if isinstance(argument, Definitions):
            found |= argument.value
        elif isinstance(argument, Call) and not argument.plain:
            waiting += (*argument.arguments, *argument.options.values())
        elif isinstance(argument, tuple):
            waiting += argument
    return dict(sorted(found.items()))


def codec_lines(shape: ObjectShape, head: str, use: Use, room: int) -> list[str]:
    """Return `__codec__ = codec.Object(...)`, a property a line."""
    whole = specification(shape)
    arguments = _arguments(whole, use, room - 4)
    opening = f"{head}{use(whole.module)}.{whole.function}("
    if not shape.fields:
        return call_lines(opening, arguments, ")", room)
    out = [opening]
    for argument in arguments:
        text = argument.replace("\n", "\n    ") if "\n" in argument else argument
        out += f"    {text},".split("\n")
    return [*out, ")"]


def _arguments(made: Call, use: Use, room: int) -> list[str]:
    """Return the arguments of a call, each as it is on lines of its own, with a comma behind."""
    out: list[str] = []
    for value in made.arguments:  # a comprehension would be a call in Python 3.11
        out.append(_argument(value, use, room - 1))  # noqa: PERF401
    for key, value in made.options.items():
        out.append(f"{key}={_argument(value, use, room - 1 - len(key) - 1)}")
    return out


def _argument(value: Argument, use: Use, room: int) -> str:  # noqa: PLR0911  # one a kind
    match value:
        case Call():
            return _call(value, use, room)
        case Regex(text=text):
            return _raw(text) or string(text)
        case str():
            return string(value)
        case Data(value=data):
            return literal(data, room)
        case Definitions():
            return DEFINITIONS
        case ClassName(name=name, recursive=recursive):
            return f"lambda: {name}" if recursive else name
        case tuple():
            return _tuple(value, use, room)
        case _:
            return scalar(value)


def _call(value: Call, use: Use, room: int) -> str:
    module = use(value.module)
    if value.plain:
        flat = _flat(value, module)
    else:
        flat = f"{module}.{value.function}({', '.join(_arguments(value, use, _ANY))})"
    if len(flat) <= room:
        return flat
    return call(f"{module}.{value.function}(", _arguments(value, use, room - 4), 0)


def _tuple(value: tuple[Argument, ...], use: Use, room: int) -> str:
    items = [_argument(item, use, room - 5) for item in value]
    if len(items) == 1:
        return f"({items[0]},)"
    return "\n".join(call_lines("(", items, ")", room))


@lru_cache(maxsize=1000)
def _flat(value: Call, module: str) -> str:
    """Return a plain call on one line; many messages have the same."""
    arguments = _arguments(value, lambda _: module, _ANY)
    return f"{module}.{value.function}({', '.join(arguments)})"


def _raw(value: str) -> str | None:
    """Return a regular expression as a raw string, if it can be one and is better as one."""
    if "\\" not in value or not value.isprintable():
        return None
    if '"' in value or value.endswith("\\"):
        return None
    return f'r"{value}"'
