"""Sets of characters as ranges of code points, and those that ECMAScript has a letter for."""

from __future__ import annotations

from collections.abc import Iterable

Range = tuple[int, int]
Ranges = tuple[Range, ...]

LAST = 0x10FFFF
DIGITS: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x41, 0x5A), (0x61, 0x7A), (0x30, 0x39), (0x5F, 0x5F))
SPACE: Ranges = (
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
)  # fmt: skip
"""ECMAScript's WhiteSpace and LineTerminator: `\\s`."""
LINE_ENDS: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
"""What `.` leaves out."""


def merged(ranges: Iterable[Range]) -> Ranges:
    """Return ranges sorted and apart."""
    out: list[Range] = []
    last = -2
    for each in sorted(ranges):
        if each[0] > last + 1:
            out.append(each)
            last = each[1]
        elif each[1] > last:
            last = each[1]
            out[-1] = (out[-1][0], last)
    return tuple(out)


def complement(ranges: Iterable[Range]) -> Ranges:
    """Return all other characters."""
    out: list[Range] = []
    after = 0
    for low, high in merged(ranges):
        if low > after:
            out.append((after, low - 1))
        after = high + 1
    if after <= LAST:
        out.append((after, LAST))
    return tuple(out)


SETS: dict[str, Ranges] = {
    "d": DIGITS,
    "w": WORD,
    "s": SPACE,
    "D": complement(DIGITS),
    "W": complement(WORD),
    "S": complement(SPACE),
}
"""By the letter of the escape."""
