r"""Parser of regular expressions, in the few words of Python's `re` that msgc writes.

These are sets with ranges and `\p{L}`, groups, `|`, counts, `^`, `\Z`, `\b` as `(?a:\b)`,
lookaheads and lookbehinds. Groups are numbered by nobody: there are no references.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .categories import Ranges, ranges_of

LAST = 0x10FFFF


class Node:
    """A part of an expression."""

    __slots__ = ()


class Characters(Node):
    """One character out of ranges of code points, which are sorted and apart."""

    __slots__ = ("ranges",)

    def __init__(self, ranges: Ranges) -> None:
        self.ranges = ranges


class Sequence(Node):
    """One part after the other."""

    __slots__ = ("parts",)

    def __init__(self, parts: list[Node]) -> None:
        self.parts = parts


class Either(Node):
    """One of several options."""

    __slots__ = ("options",)

    def __init__(self, options: list[Node]) -> None:
        self.options = options


class Repeat(Node):
    """A part several times; `most` None: there is no end."""

    __slots__ = ("body", "least", "most")

    def __init__(self, body: Node, least: int, most: int | None) -> None:
        self.body = body
        self.least = least
        self.most = most


class Assertion(Node):
    r"""A place between characters: `start`, `end`, `boundary` or `no boundary`."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Look(Node):
    """What has to come after a place, or before, and isn't taken."""

    __slots__ = ("behind", "body", "negative")

    def __init__(self, body: Node, *, behind: bool, negative: bool) -> None:
        self.body = body
        self.behind = behind
        self.negative = negative


_ASSERTIONS = {
    "^": "start",
    r"\Z": "end",
    r"(?a:\b)": "boundary",
    r"(?!(?a:\b))": "no boundary",
}
_OPENING = re.compile(r"\((?:\?(?:(:)|P<\w+>|(<?)([=!])))?")
_COUNT = re.compile(r"(?:([*+?])|\{(\d+)(,(\d*))?\})\??")
_COUNTS: dict[str, tuple[int, int | None]] = {
    "*": (0, None),
    "+": (1, None),
    "?": (0, 1),
}
_CHARACTER = re.compile(
    r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))|(.)", re.DOTALL
)
_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}


def parse(text: str) -> Node:
    """Return what an expression consists of; raises `ValueError` if msgc hasn't written it."""
    node, at = _either(text, 0)
    if at < len(text):
        raise ValueError(text[at:])
    return node


def _either(text: str, at: int) -> tuple[Node, int]:
    node, at = _sequence(text, at)
    options = [node]
    while text.startswith("|", at):
        node, at = _sequence(text, at + 1)
        options.append(node)
    return (Either(options) if len(options) > 1 else node), at


def _sequence(text: str, at: int) -> tuple[Node, int]:
    parts: list[Node] = []
    while at < len(text) and text[at] not in "|)":
        node, at = _one(text, at)
        count = _COUNT.match(text, at)
        if count is not None:
            node, at = Repeat(node, *_times(count)), count.end()
        parts.append(node)
    return (parts[0] if len(parts) == 1 else Sequence(parts)), at


def _times(count: re.Match[str]) -> tuple[int, int | None]:
    if count[1]:
        return _COUNTS[count[1]]
    least = int(count[2])
    if count[3] is None:
        return least, least
    return least, int(count[4]) if count[4] else None


def _one(text: str, at: int) -> tuple[Node, int]:
    for written, kind in _ASSERTIONS.items():
        if text.startswith(written, at):
            return Assertion(kind), at + len(written)
    if text[at] == "[":
        return _brackets(text, at + 1)
    opening = _OPENING.match(text, at)
    if opening is None:
        point, at = _character(text, at)
        return Characters(((point, point),)), at
    body, at = _either(text, opening.end())
    if not text.startswith(")", at):
        raise ValueError(text[at:])
    if opening[3] is None:
        return body, at + 1
    look = Look(body, behind=opening[2] == "<", negative=opening[3] == "!")
    return look, at + 1


def _brackets(text: str, at: int) -> tuple[Node, int]:
    if text.startswith((r"\s\S]", r"^\s\S]"), at):
        inside = text[at] != "^"
        return Characters(((0, LAST),) if inside else ()), text.index("]", at) + 1
    negated = text.startswith("^", at)
    at += negated
    ranges: list[tuple[int, int]] = []
    while not text.startswith("]", at):
        if text.startswith((r"\p{", r"\P{"), at):
            end = text.index("}", at)
            covered = ranges_of(text[at + 3 : end])
            ranges += _others(covered) if text[at + 1] == "P" else covered
            at = end + 1
            continue
        low, at = _character(text, at)
        high = low
        if text.startswith("-", at) and not text.startswith("-]", at):
            high, at = _character(text, at + 1)
        ranges.append((low, high))
    covered = _others(ranges)
    return Characters(covered if negated else _others(covered)), at + 1


def _others(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return all other code points, sorted and apart."""
    out: list[tuple[int, int]] = []
    after = 0
    for low, high in sorted(ranges):
        if low > after:
            out.append((after, low - 1))
        after = max(after, high + 1)
    if after <= LAST:
        out.append((after, LAST))
    return tuple(out)


def _character(text: str, at: int) -> tuple[int, int]:
    """Return a code point, and where what stands for it ends."""
    found = _CHARACTER.match(text, at)
    if found is None:
        raise ValueError(text[at:])
    two, four, eight, escaped, plain = found.groups()
    if plain:
        return ord(plain), found.end()
    if escaped:
        return _CONTROLS.get(escaped, ord(escaped)), found.end()
    return int(two or four or eight, 16), found.end()
