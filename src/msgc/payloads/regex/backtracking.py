"""How long a pattern may take on a text that doesn't fit: what Python's `re` has to try.

`re` tries every way in which the text can be read. Ways multiply where a repetition reads one text
in two ways, and add up to a power of the length where several repetitions share what they read.
What no failure can follow is left out: the first way is then the last.
"""

from __future__ import annotations

from typing import Literal

from msgc.payloads.regex.automaton import TooLarge
from msgc.payloads.regex.nodes import (
    Alternation,
    Assertion,
    Backreference,
    Characters,
    Concatenation,
    Group,
    Look,
    Part,
    Repeat,
    inside,
    width,
)
from msgc.payloads.regex.references import References
from msgc.payloads.regex.sharing import shared
from msgc.payloads.regex.twice import read_twice
from msgc.record import Record

LONGEST = 1 << 20
"""Characters of the longest message."""
TOO_MANY = 10**8
"""Steps that take about a second."""
SHORT = 100
"""A text of as many characters should never take long."""
EMPTY_COUNTS = 16
"""As often may be counted what can take nothing."""


class Slow(Record):
    """A part of a pattern that takes too long."""

    start: int
    end: int
    text: str = ""
    """What can be read in two ways."""
    power: int | None = None
    """Of the length, that the time grows with; None: exponentially."""
    why: Literal["twice", "shared", "empty", "too large"]

    def is_hopeless(self) -> bool:
        """Whether even short texts take too long."""
        return self.power is None or too_many(SHORT, self.power, 10 * TOO_MANY)


def too_many(length: int, power: int, limit: int) -> bool:
    """Whether a text can be divided in more ways than the limit: the binomial coefficient."""
    ways = 1
    for i in range(1, min(power, length) + 1):
        ways = ways * (length + power + 1 - i) // i
        if ways > limit:
            return True
    return False


def slowest(root: Part, references: References, longest: int | None) -> Slow | None:
    """Return what may take too long on a text of up to so many characters."""
    longest = LONGEST if longest is None else min(longest, LONGEST)
    found = _Walk(references, longest).visit(root, fails=False)
    if found is None and _endless(root, 1) > 1:
        run = shared(root, references)
        if run is not None and too_many(longest, run.power, TOO_MANY):
            found = Slow(start=run.start, end=run.end, power=run.power, why="shared")
    return found


class _Walk:
    """Looks at the repetitions of a pattern, the inner ones first."""

    def __init__(self, references: References, longest: int) -> None:
        self._references = references
        self._longest = longest

    def visit(self, part: Part, *, fails: bool) -> Slow | None:
        """Look at a part; `fails`: what comes after it may not fit."""
        match part:
            case Concatenation():
                for each in reversed(part.parts):
                    found = self.visit(each, fails=fails)
                    if found is not None:
                        return found
                    fails = fails or not _passes(each)
                return None
            case Look():
                return self.visit(part.body, fails=False)
            case Repeat():
                again = part.least > 1 and not _passes(part.body)
                return self.visit(part.body, fails=fails or again) or (
                    self._repeat(part) if fails or again else None
                )
            case _:
                return next(
                    (f for each in inside(part) if (f := self.visit(each, fails=fails))), None
                )

    def _repeat(self, loop: Repeat) -> Slow | None:
        if loop.most in (0, 1) or not _varies(loop.body):
            return None
        low, high = width(loop.body)
        if low == 0 and high != 0 and loop.least >= EMPTY_COUNTS:
            return Slow(start=loop.start, end=loop.end, why="empty")
        if loop.most is not None:
            characters = self._longest if high is None else min(self._longest, high * loop.most)
            if not too_many(characters, loop.most, TOO_MANY):
                return None
        try:
            text = read_twice(loop, self._references)
        except TooLarge:
            return Slow(start=loop.start, end=loop.end, why="too large")
        if text is None:
            return None
        return Slow(start=loop.start, end=loop.end, text=text, power=loop.most, why="twice")


def _passes(part: Part) -> bool:
    """Whether a part can always be passed without a character."""
    match part:
        case Characters() | Assertion() | Look() | Backreference():
            return False
        case Concatenation():
            return all(_passes(each) for each in part.parts)
        case Alternation():
            return any(_passes(each) for each in part.options)
        case Group():
            return _passes(part.body)
        case Repeat():
            return part.least == 0 or _passes(part.body)


def _varies(part: Part) -> bool:
    """Whether there are several ways through a part."""
    if isinstance(part, Repeat) and part.least == part.most:
        return _varies(part.body)
    if isinstance(part, Alternation | Repeat | Backreference):
        return True
    return not isinstance(part, Look) and any(_varies(each) for each in inside(part))


def _endless(part: Part, times: int) -> int:
    """Count the repetitions without end."""
    if isinstance(part, Repeat):
        if part.most is None:
            return times
        times *= min(part.most, 8)
    return sum(_endless(each, times) for each in inside(part))
