"""Python expressions of a stack (calls, keywords, JSON), broken into lines to fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgc.emit.python_writer import scalar, string
from msgc.record import Record


class Call(Record):
    """A call, a list or a dictionary; in several lines where it doesn't fit."""

    head: str
    """Up to and with the opening bracket."""
    arguments: tuple[str | Call, ...]
    tail: str = ")"


def new(head: str, *arguments: str | Call, **options: str | Call | None) -> Call:
    """Return the call `head(arguments, option=...)`; an option that is None is left out."""
    given = [keyword(name, value) for name, value in options.items() if value is not None]
    return Call(head=f"{head}(", arguments=(*arguments, *given))


def keyword(name: str, value: str | Call) -> str | Call:
    """Return `name=value`."""
    return _prefixed(f"{name}=", value)


def listing(items: Iterable[str | Call]) -> Call:
    """Return `[item, ...]`."""
    return Call(head="[", arguments=tuple(items), tail="]")


def mapping(items: Iterable[tuple[str, str | Call]]) -> Call:
    """Return `{"key": value, ...}`."""
    pairs = tuple(_prefixed(f"{string(key)}: ", value) for key, value in items)
    return Call(head="{", arguments=pairs, tail="}")


def maybe(text: object | None) -> str | None:
    """Return what is written for a number or None, which is left out."""
    return None if text is None else str(text)


def json_value(value: Any) -> str | Call:
    """Return a JSON value as Python."""
    if isinstance(value, dict):
        return mapping((key, json_value(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return listing(json_value(item) for item in value)
    return scalar(value)


def json_text(value: Any, json_module: str) -> Call:
    """Return an expression for a JSON value as text, for what can't carry `null` otherwise."""
    return new(f"{json_module}.dumps", json_value(value))


def has_null(value: Any) -> bool:
    """Whether there is a `null` anywhere in a JSON value."""
    if isinstance(value, dict):
        return any(has_null(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return any(has_null(item) for item in value)
    return value is None


def duration(seconds: int) -> str:
    """Return a CDK `Duration` in the largest unit that says it exactly."""
    for unit, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds and seconds % size == 0:
            return f"Duration.{unit}({seconds // size})"
    return f"Duration.seconds({seconds})"


def render(expression: str | Call, room: int, reserve: int = 0) -> list[str]:
    """Return the lines of an expression; `reserve` columns of its last line are taken already."""
    if isinstance(expression, str):
        return [expression]
    flat = _flat(expression, room - reserve)
    if flat is not None:
        return [flat]
    if _is_display(expression.head):
        inside = None
    else:  # what is between the brackets of a call may have a line for itself
        inside = _flat(Call(head="", arguments=expression.arguments, tail=""), room - 4)
    if inside:
        return [expression.head, f"    {inside}", expression.tail]
    out = [expression.head]
    for argument in expression.arguments:
        if isinstance(argument, str):
            out.append(f"    {argument},")
        else:
            *lines, last = render(argument, room - 4, 1)
            out += [f"    {line}" for line in (*lines, f"{last},")]
    return [*out, expression.tail]


def _is_display(head: str) -> bool:
    """Whether a bracket opens a list, a dictionary or a tuple, whose items have a line each."""
    return not head[-2:-1].isidentifier()


def _flat(expression: Call, room: int) -> str | None:
    """Return the expression on one line, or None as soon as it is longer than `room`."""
    left = room - len(expression.head) - len(expression.tail)
    parts: list[str] = []
    for argument in expression.arguments:
        part = argument if isinstance(argument, str) else _flat(argument, left)
        if part is None or len(part) > left:
            return None
        left -= len(part) + 2
        parts.append(part)
    text = expression.head + ", ".join(parts) + expression.tail
    return text if len(text) <= room else None


def _prefixed(prefix: str, value: str | Call) -> str | Call:
    if isinstance(value, str):
        return prefix + value
    return Call(head=prefix + value.head, arguments=value.arguments, tail=value.tail)
