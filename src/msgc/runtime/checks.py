"""What every specification of a payload is made of: conversions, checks, words for values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Place = tuple[Any, "str | int"] | None
"""Where a value stands: the place of what contains it, and its key there; None: root."""
Found = list[tuple[Place, str]]
Convert = Callable[[Any, Place, Found], Any]
"""Converts a value; adds what is wrong with it to the list, and is then of no use."""
Pending = dict[Any, Convert]
"""Classes whose conversion is being built: recursive ones find themselves here."""
Check = tuple[Callable[[Any], bool], str]
"""What must hold of a value as it is in JSON, and what to say if it doesn't."""
Holds = Callable[[Any], object]
AsIs = tuple[type | None, Holds | None]
"""The type whose values are the same in JSON and Python, and what must hold of one."""

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


def all_of(checks: tuple[Check, ...]) -> Holds | None:
    """Return what tells whether all checks hold, in one call; None: there are none."""
    if not checks:
        return None
    first = checks[0][0]
    if len(checks) == 1:
        return first
    rest = all_of(checks[1:])
    return lambda value: first(value) and (rest is None or rest(value))


def plain(value: Any, place: Place, found: Found) -> Any:
    """Convert what has no specification: whatever JSON can say.

    No recursion: what was read may be nested as deeply as the parser goes.
    """
    if value is None or isinstance(value, str | int):
        return value
    whole: list[Any] = [None]
    todo: list[tuple[Any, Place, Any, Any]] = [(value, place, whole, 0)]
    while todo:
        item, here, into, key = todo.pop()
        below: Any
        made: Any
        if isinstance(item, a_sequence):
            elements: Any = item
            into[key] = made = list(elements)
            below = enumerate(elements)
        elif isinstance(item, a_dict):
            entries: dict[Any, Any] = item
            for name in entries:
                if type(name) is not str:
                    found.append(
                        (here, f"expected strings as keys, got {kind_of(name)}")
                    )
            into[key] = made = dict(entries)
            below = entries.items()
        else:
            if not (isinstance(item, float) and item - item == 0):
                found.append((here, f"expected a JSON value, got {kind_of(item)}"))
            into[key] = item
            continue
        later = [
            (v, (here, k), made, k)
            for k, v in below
            if not (v is None or isinstance(v, str | int))
        ]
        todo += later[::-1]
    return whole[0]


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


def characters(which: str, limit: int) -> str:
    """Say what a bound on the length of text asks for."""
    return f"expected at {which} {limit} character{'' if limit == 1 else 's'}"


def items_word(which: str, limit: int) -> str:
    """Say what a bound on the length of a list asks for."""
    return f"expected at {which} {limit} item{'' if limit == 1 else 's'}"


def counted(least: int | None, most: int | None) -> tuple[Check, ...]:
    """Return the checks of how many properties there are."""
    checks: list[Check] = []
    for limit, which in ((least, "least"), (most, "most")):
        if limit is not None:
            word = f"expected at {which} {limit} propert{'y' if limit == 1 else 'ies'}"
            checks.append(
                (_at_least(limit) if which == "least" else _at_most(limit), word)
            )
    return tuple(checks)


def _at_least(limit: int) -> Callable[[Any], bool]:
    return lambda entries: len(entries) >= limit


def _at_most(limit: int) -> Callable[[Any], bool]:
    return lambda entries: len(entries) <= limit


def all_different(items: list[Any]) -> bool:
    """Whether no two items are equal, as JSON has it."""
    return len({canonical(item) for item in items}) == len(items)


def canonical(value: Any) -> Any:
    """Return what is equal for equal JSON values: 1 and 1.0 are, 1 and `true` aren't."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, a_list):
        elements: list[Any] = value
        return ("array", tuple([canonical(item) for item in elements]))
    if isinstance(value, a_dict):
        entries: dict[str, Any] = value
        return (
            "object",
            frozenset([(key, canonical(v)) for key, v in entries.items()]),
        )
    return value


LINEAR = "(?#linear)"
"""How an expression begins that `re` may take long to look for."""


class Pattern:
    r"""A regular expression, compiled when it is first needed; it may have `\p{L}`.

    With the comment `(?#linear)` before it, it is looked for by `linear`, not by `re`.
    """

    __slots__ = ("_longest", "_search", "_text")

    def __init__(self, text: str, longest: int | None = None) -> None:
        self._text = text
        self._longest = longest  # what is longer is wrong without it
        self._search: Callable[[str], Any] | None = None

    def found(self, text: str) -> bool:
        """Whether it is found anywhere in the text, or the text is too long to look."""
        if self._longest is not None and len(text) > self._longest:
            return True
        return (self._search or self.compiled())(text) is not None

    @property
    def problem(self) -> str:
        """What to say if it isn't found."""
        return f"doesn't match the pattern {self._text.removeprefix(LINEAR)}"

    def compiled(self) -> Callable[[str], Any]:
        """Return what searches a text of any length."""
        pattern = self._text
        if pattern.startswith(LINEAR):
            from .linear import Linear

            self._search = Linear(pattern.removeprefix(LINEAR)).search
            return self._search
        if "\\p{" in pattern or "\\P{" in pattern:
            from .categories import expanded

            pattern = expanded(pattern)
        self._search = re.compile(pattern).search
        return self._search


def decimal_type() -> type[Any]:
    """Return `Decimal`, imported now."""
    from decimal import Decimal  # 2 ms

    return Decimal
