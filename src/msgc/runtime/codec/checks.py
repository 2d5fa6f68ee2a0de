"""What every specification of a payload is made of: conversions, checks, words for values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

Place = tuple[Any, "str | int"] | None
"""Where a value stands: the place of what contains it, and its key there; None: root."""
Found = list[tuple[Place, str]]
TOO_DEEP: tuple[Place, str] = (None, "is nested too deeply")
Convert = Callable[[Any, Place, Found], Any]
"""Converts a value; adds what is wrong with it to the list, and is then of no use."""


class Pending(dict[Any, Convert]):
    """Conversions by what they convert, those that are being built too."""

    __slots__ = ("lenient",)

    def __init__(self, *, lenient: bool = False) -> None:
        super().__init__()
        self.lenient = lenient
        """Whether null is read as absent, where a property may be absent and not null."""


"""Classes whose conversion is being built: recursive ones find themselves here."""
Check = tuple[Callable[[Any], bool], str]
"""What must hold of a value as it is in JSON, and what to say if it doesn't."""

# Spelled so that type checkers don't narrow JSON values to dict[Unknown, Unknown].
a_dict: Any = dict
a_list: Any = list
a_sequence: Any = (tuple, list)


def same(kind: str, cls: type, checks: tuple[Check, ...]) -> Convert:
    """Take values of one Python type as they are."""

    def convert(value: Any, place: Place, found: Found) -> Any:
        if not isinstance(value, cls):
            found.append((place, f"expected {kind}, got {kind_of(value)}"))
            return None
        for holds, message in checks:
            if not holds(value):
                found.append((place, message))
                break  # a text that is too long isn't looked at any further
        return value

    return convert


def kind_of(value: Any) -> str:
    """Return what JSON calls a value, with its article; other objects by their class."""
    if isinstance(value, str):
        return "a string"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, a_dict):
        return "an object"
    if isinstance(value, a_list):
        return "an array"
    return article(type(value).__name__)


def article(name: str) -> str:
    """Return a word with its article."""
    return f"{'an' if name[:1] in 'AEIOaeiou' else 'a'} {name}"


def one_of(words: Iterable[str]) -> str:
    """Return words as a sentence has them: `a, b or c`."""
    out = list(words)
    if len(out) > 12:
        return ", ".join(out[:12]) + ", ..."
    return " or ".join([", ".join(out[:-1]), out[-1]] if len(out) > 1 else out)


def lengths(least: int | None, most: int | None, what: str) -> tuple[Check, ...]:
    """Return the checks of how many `characters`, `items` or `properties` there are."""
    checks: list[Check] = []
    if least is not None:
        checks.append((partial(no_less, least), bound("least", least, what)))
    if most is not None:
        checks.append((partial(no_more, most), bound("most", most, what)))
    return tuple(checks)


def no_less(least: int, value: Any) -> bool:
    """Whether it is that long."""
    return len(value) >= least


def no_more(most: int, value: Any) -> bool:
    """Whether it isn't longer than that."""
    return len(value) <= most


def bound(which: str, limit: int, what: str) -> str:
    """Say what a bound on a length asks for."""
    return f"expected at {which} {limit} {_ONE[what] if limit == 1 else what}"


_ONE = {"characters": "character", "items": "item", "properties": "property"}


def decimal_type() -> type[Any]:
    """Return `Decimal`, imported now."""
    from decimal import Decimal  # 2 ms

    return Decimal
