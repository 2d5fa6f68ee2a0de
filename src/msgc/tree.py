"""The positioned tree: what a YAML or JSON file says, with the place of every node.

A scalar keeps its spelling, so that whoever reads it decides by what is expected there: `on`,
`0123` and `123456789012` stay text where text is meant. `Scalar.value` is the reading of the
YAML 1.2 core schema, for places where any JSON value may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgc.source import Span

JsonValue = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None

_FLOAT = r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_WORDS: dict[str, JsonValue] = {
    **dict.fromkeys(_NULLS),
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMERIC = frozenset("+-.0123456789")
_LAST = frozenset(".0123456789")
"""What a number may end in."""


class Scalar:
    """A single value as it was spelled; `plain` means it was written without quotes."""

    __slots__ = ("plain", "span", "text")

    def __init__(self, text: str, span: Span, *, plain: bool = True) -> None:
        self.text = text
        self.span = span
        self.plain = plain

    @property
    def value(self) -> bool | int | float | str | None:
        """The value by the core schema of YAML 1.2 (10.3.2), without octal, hex, inf and nan."""
        text = self.text
        if not self.plain:
            return text
        if text in _WORDS:
            return _WORDS[text]  # type: ignore[return-value]  # words are scalars
        if text[0] not in _NUMERIC or text[-1] not in _LAST:  # as most are
            return text
        digits = text[1:] if text[0] in "+-" else text
        if digits.isdecimal() and text.isascii() and len(text) <= 4000:  # int() refuses longer ones
            return int(text)
        if re.fullmatch(_FLOAT, text):
            number = float(text)
            return text if number - number else number  # beyond the range, it is no number
        return text

    @property
    def is_null(self) -> bool:
        """Whether this is an empty value or a plain `null` or `~`."""
        return self.plain and self.text in _NULLS


class Filled(Scalar):
    """A value in one environment: `written` is what stands for it where it is declared."""

    __slots__ = ("written",)

    def __init__(self, text: str, span: Span, written: str) -> None:
        super().__init__(text, span, plain=False)
        self.written = written


_DIGITS = 18
"""No number of messaging.yaml is that long and in its range; Python refuses to read the longest."""


def whole(digits: str) -> int:
    """Return the number that digits spell; of too many, one that is out of every range."""
    digits = digits.lstrip("0")
    return int(digits or "0") if len(digits) <= _DIGITS else int("9" * _DIGITS)


class Sequence:
    """A list of nodes."""

    __slots__ = ("items", "span")

    def __init__(self, items: tuple[Node, ...], span: Span) -> None:
        self.items = items
        self.span = span


class Mapping:
    """Keys and values in the order of the file; keys are unique, merge keys are resolved."""

    __slots__ = ("entries", "span")

    def __init__(self, entries: dict[str, tuple[Scalar, Node]], span: Span) -> None:
        self.entries = entries
        self.span = span

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None when the key isn't there."""
        return self.entries[key][1] if key in self.entries else None

    def key(self, name: str) -> Scalar:
        """Return the key itself, for its place; raises `KeyError`."""
        return self.entries[name][0]

    def items(self) -> Iterator[tuple[Scalar, Node]]:
        """Iterate over keys and values."""
        return iter(self.entries.values())


Node = Scalar | Sequence | Mapping


def to_json(node: Node) -> JsonValue:
    """Return the plain JSON value of a node, scalars read by the core schema.

    Not recursive over a depth that the loader doesn't allow (100 levels).
    """
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [to_json(item) for item in node.items]
    return {key.text: to_json(value) for key, value in node.items()}


def at(node: Node, path: tuple[str | int, ...]) -> Node:
    """Return the node at a path, or the deepest node on the way there."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            node = node.entries[step][1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node
