"""How long a pattern may take on a text that doesn't fit: what Python's `re` has to try.

`re` tries every way in which the text can be read. Ways multiply where a repetition reads one text
in two ways, and add up to a power of the length where several repetitions share what they read.
What no failure can follow is left out: the first way is then the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, log, prod
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
from msgc.payloads.regex.twice import Budget, read_twice
from msgc.record import Record

LONGEST = 1 << 20
"""Characters of the longest message."""
TOO_MANY = 10**8
"""Steps that take about a second."""
SHORT = 100
"""A text of as many characters should never take long."""
BEARABLE = 3
"""Below this power of the length it is common, and bearable."""
ENDLESS = 300
"""The logarithm of what is as good as without end."""
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
    powers: list[Slow] = []
    for found in _Walk(references, longest).visit(root, fails=False):
        if found.is_hopeless():
            return found
        powers.append(found)
    searching = 0 if _is_bound(root) else 1
    if searching + _endless(root, 1) >= BEARABLE:
        run = shared(root, references)
        if run is not None and run.power >= BEARABLE and too_many(longest, run.power, TOO_MANY):
            powers.append(Slow(start=run.start, end=run.end, power=run.power, why="shared"))
    return max(powers, key=lambda found: found.power or 0, default=None)


class _Walk:
    """Looks at the repetitions of a pattern, the inner ones first."""

    def __init__(self, references: References, longest: int) -> None:
        self._references = references
        self._longest = longest
        self._budget = Budget()

    def visit(self, part: Part, *, fails: bool) -> Iterator[Slow]:
        """Look at a part; `fails`: what comes after it may not fit."""
        match part:
            case Concatenation():
                for each in reversed(part.parts):
                    if isinstance(each, Characters):
                        fails = True
                        continue
                    yield from self.visit(each, fails=fails)
                    fails = fails or not _passes(each)
            case Look():
                yield from self.visit(part.body, fails=False)
            case Repeat():
                fails = fails or (part.least > 1 and not _passes(part.body))
                yield from self.visit(part.body, fails=fails)
                if fails:
                    yield from self._repeat(part)
            case _:
                for each in inside(part):
                    yield from self.visit(each, fails=fails)

    def _repeat(self, loop: Repeat) -> Iterator[Slow]:
        if loop.most in (0, 1) or not _varies(loop.body):
            return
        low, high = width(loop.body)
        if low == 0 and high != 0 and loop.least >= EMPTY_COUNTS:
            yield Slow(start=loop.start, end=loop.end, why="empty")
        power = None
        if loop.most is not None:
            power = _times(loop)
            characters = self._longest if high is None else min(self._longest, high * loop.most)
            few = _readings(loop) <= TOO_MANY or not too_many(characters, power, TOO_MANY)
            if power < BEARABLE or few:
                return
        try:
            text = read_twice(loop, self._references, self._budget)
        except TooLarge:
            yield Slow(start=loop.start, end=loop.end, why="too large")
            return
        if text is not None:
            yield Slow(start=loop.start, end=loop.end, text=text, power=power, why="twice")


def _is_bound(part: Part) -> bool:
    """Whether a pattern begins at the start of the text: it isn't searched for."""
    first = part.parts[0] if isinstance(part, Concatenation) and part.parts else part
    return isinstance(first, Assertion) and first.kind == "start"


def _times(part: Part) -> int:
    """Return how often a part is begun anew, with the counts in it."""
    if isinstance(part, Look):
        return 1
    times = max((_times(each) for each in inside(part)), default=1)
    if isinstance(part, Repeat) and part.most and _varies(part.body):
        return times * part.most
    return times


def _readings(part: Part) -> float:  # noqa: PLR0911  # one a kind
    """Count the ways through a part, whatever is read; infinite where there is no end."""
    match part:
        case Concatenation():
            return prod([_readings(each) for each in part.parts])
        case Alternation():
            return sum([_readings(each) for each in part.options])
        case Group():
            return _readings(part.body)
        case Repeat():
            each = _readings(part.body)
            if part.most is None or (each > 1 and part.most * log(each) > ENDLESS):
                return inf
            if each == 1:
                return part.most - part.least + 1
            return float(sum([each**times for times in range(part.least, part.most + 1)]))
        case Backreference():
            return inf
        case _:
            return 1


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
    return sum([_endless(p, times) for p in inside(part) if not isinstance(p, Characters)])
