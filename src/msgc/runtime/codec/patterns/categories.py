r"""Unicode's general categories in regular expressions: `\p{L}`, which `re` doesn't know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from .regexes import Pattern

CATEGORIES: dict[str, tuple[str, ...]] = {
    "L": ("Lu", "Ll", "Lt", "Lm", "Lo"),
    "LC": ("Lu", "Ll", "Lt"),
    "M": ("Mn", "Mc", "Me"),
    "N": ("Nd", "Nl", "No"),
    "P": ("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"),
    "S": ("Sm", "Sc", "Sk", "So"),
    "Z": ("Zs", "Zl", "Zp"),
}
"""Categories by their name; those of two letters are their own."""
for _group in tuple(CATEGORIES.values()):
    CATEGORIES.update({name: (name,) for name in _group})
CATEGORIES.update({name: (name,) for name in ("Cc", "Cf", "Cs")})
CATEGORIES["C"] = ()  # all that is in no other, be it a character or not

Ranges = tuple[tuple[int, int], ...]

_ESCAPE = re.compile(r"\\(?:([pP])\{([A-Z][A-Za-z]?)\}|.)", re.DOTALL)
_found: dict[str, list[tuple[int, int]]] = {}


class CategoryPattern(Pattern):
    r"""A regular expression with `\p{L}`."""

    __slots__ = ()

    def _compile(self, text: str) -> Callable[[str], Any]:
        return re.compile(expanded(text)).search


def expanded(pattern: str) -> str:
    r"""Return a pattern with the ranges of each `\p{...}` and `\P{...}`, all in brackets."""
    return _ESCAPE.sub(_as_ranges, pattern)


def ranges_of(name: str) -> Ranges:
    """Return the code points of a category, as this Python's Unicode has them."""
    if not _found:
        _read()
    if name == "C":
        return _others([pair for group in "LMNPSZ" for pair in ranges_of(group)])
    parts = [_found.get(category, []) for category in CATEGORIES[name]]
    return tuple(sorted([pair for part in parts for pair in part]))


def _read() -> None:
    """Ask for every code point where there are characters; 20 ms, once."""
    from itertools import groupby
    from unicodedata import category

    for first, after in ((0, 0x40000), (0xE0000, 0xE0200)):  # the others are nobody's
        point = first
        for name, run in groupby(map(category, map(chr, range(first, after)))):
            start, point = point, point + len(list(run))
            _found.setdefault(name, []).append((start, point - 1))


def _others(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return all other code points."""
    pairs = sorted(ranges)
    starts = [0, *(high + 1 for _, high in pairs)]
    ends = [*(low - 1 for low, _ in pairs), 0x10FFFF]
    return tuple([(a, b) for a, b in zip(starts, ends, strict=True) if a <= b])


def _as_ranges(found: re.Match[str]) -> str:
    if found[1] is None:  # another escape
        return found[0]
    ranges = ranges_of(found[2])
    if found[1] == "P":
        ranges = _others(ranges)
    return "".join([f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges])
