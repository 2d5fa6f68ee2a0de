"""What a regular expression is made of, each part with its place in the text."""

from __future__ import annotations

from typing import Literal

from msgc.payloads.regex.characters import Range, Ranges, complement, merged
from msgc.record import Record
from msgc.runtime.codec.patterns.categories import ranges_of


class NotForPython(ValueError):  # noqa: N818  # it says what it is
    """A pattern that can't be had: broken, or nothing that Python's `re` can be told."""


class Characters(Record):
    """One character out of a set: a plain one, an escape, `.`, or brackets."""

    start: int
    end: int
    ranges: Ranges
    """As they are written: neither sorted nor apart."""
    categories: tuple[str, ...] = ()
    r"""Unicode's, as in `\p{L}`; `^L` is `\P{L}`."""
    negated: bool = False

    def covered(self) -> Ranges:
        """Return the characters, sorted and apart."""
        ranges = self.ranges
        for category in self.categories:
            these = ranges_of(category.lstrip("^"))
            ranges += complement(these) if category[0] == "^" else these
        return complement(merged(ranges)) if self.negated else merged(ranges)


class Concatenation(Record):
    """One part after the other; none of them is the empty text."""

    start: int
    end: int
    parts: tuple[Part, ...]


class Alternation(Record):
    """One of several options."""

    start: int
    end: int
    options: tuple[Part, ...]


class Group(Record):
    """A part in parentheses; `number` from 1 if it can be referred to."""

    start: int
    end: int
    body: Part
    number: int | None = None
    name: str | None = None


class Repeat(Record):
    """A part several times; `most` None: there is no end."""

    start: int
    end: int
    body: Part
    least: int
    most: int | None
    lazy: bool = False


class Assertion(Record):
    """A place in the text, without a character."""

    start: int
    end: int
    kind: Literal["start", "end", "boundary", "no boundary"]


class Look(Record):
    """What has to come after, or before, and isn't taken."""

    start: int
    end: int
    body: Part
    behind: bool
    negative: bool


class Backreference(Record):
    """The text of a group again."""

    start: int
    end: int
    group: int | str


Part = Characters | Concatenation | Alternation | Group | Repeat | Assertion | Look | Backreference


class Expression(Record):
    """A whole pattern."""

    root: Part
    refers: bool
    """Whether a group is referred to."""


def inside(part: Part) -> tuple[Part, ...]:
    """Return the parts that a part is made of, one level down."""
    match part:
        case Concatenation():
            return part.parts
        case Alternation():
            return part.options
        case Group() | Repeat() | Look():
            return (part.body,)
        case _:
            return ()


def width(part: Part) -> tuple[int, int | None]:  # noqa: PLR0911  # one a kind
    """Return the least and the greatest number of characters; None: there is no end."""
    match part:
        case Characters():
            return 1, 1
        case Concatenation():
            widths = [width(each) for each in part.parts]
            most = [high for _, high in widths]
            return sum(low for low, _ in widths), _total(most)
        case Alternation():
            widths = [width(each) for each in part.options]
            highs = [high for _, high in widths if high is not None]
            most_of_all = max(highs) if len(highs) == len(widths) else None
            return min(low for low, _ in widths), most_of_all
        case Group():
            return width(part.body)
        case Repeat():
            low, high = width(part.body)
            if high == 0 or part.most == 0:
                return 0, 0
            endless = high is None or part.most is None
            return low * part.least, None if endless else (high or 0) * (part.most or 0)
        case Assertion() | Look():
            return 0, 0
        case Backreference():
            return 0, None


def _total(highs: list[int | None]) -> int | None:
    total = 0
    for high in highs:
        if high is None:
            return None
        total += high
    return total


def in_both_cases(part: Part) -> Part:
    """Return a part that takes letters in either case, as far as they have one more."""
    match part:
        case Characters():
            swapped = (each for bounds in part.ranges for each in _swapped(bounds))
            return part.replace(ranges=(*part.ranges, *swapped))
        case Concatenation():
            return part.replace(parts=tuple(map(in_both_cases, part.parts)))
        case Alternation():
            return part.replace(options=tuple(map(in_both_cases, part.options)))
        case Group() | Repeat() | Look():
            return part.replace(body=in_both_cases(part.body))
        case Assertion() | Backreference():
            return part


def _swapped(bounds: Range) -> Ranges:
    """Return the letters of a range in the other case: of long ones, those of ASCII."""
    low, high = bounds
    points = range(low, min(high, max(low + _FEW, 0x7F)) + 1)
    both = (chr(point).swapcase() for point in points)
    found = {ord(other) for point, other in zip(points, both, strict=True)
             if len(other) == 1 and not low <= ord(other) <= high}  # fmt: skip
    return merged((point, point) for point in found)


_FEW = 1000
"""Characters of a range whose other case is looked for."""
