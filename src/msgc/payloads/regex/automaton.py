r"""The position automaton of a pattern: which character may come after which, and in how many ways.

A position is a character of the pattern, a counted one as often as it is counted. Two ways from
one position to the next are kept apart, because `re` tries both: in `(a*)*`, the next `a` may be
the inner repetition's or the outer one's. The end of the text is a character of its own, which
nothing else is. `\b` closes the ways between two letters; lookarounds are passed over.
"""

from __future__ import annotations

from msgc.payloads.regex.characters import LAST, WORD, Ranges, merged
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
)
from msgc.payloads.regex.references import References

END = LAST + 1
START = LAST + 2

POSITIONS = 5000
WAYS = 200_000
"""How large an automaton may become."""


class TooLarge(Exception):  # noqa: N818  # it says what it is
    """The automaton has too many positions or ways."""


class Fragment:
    r"""The automaton of a part: where it begins, where it ends, whether it may take nothing.

    `~here` instead of a position: there is a `\b` between it and what is outside.
    """

    __slots__ = ("empty", "first", "last")

    def __init__(self, first: tuple[int, ...], last: tuple[int, ...], *, empty: bool) -> None:
        self.first = first
        self.last = last
        self.empty = empty


_NOTHING = Fragment((), (), empty=True)
_BOUNDARY = Fragment((), (), empty=True)


class Automaton:
    """Positions, their characters, and the ways between them."""

    def __init__(self, references: References, copies: int) -> None:
        self.ranges: list[Ranges] = []
        self.sources: list[tuple[int, int]] = []
        """Where in the pattern a position stands."""
        self.after: list[dict[int, int]] = []
        """To each position that may come next, the number of ways."""
        self.most_copies = 0
        """Of one counted part."""
        self._references = references
        self._copies = copies
        self.ways = 0
        self._words: dict[Ranges, bool | None] = {}
        self._covered: dict[Characters, Ranges] = {}
        self._counts: dict[Characters, Repeat] = {}

    def masks(self) -> list[int]:
        """Return a number for the characters of each position: two share bits if characters."""
        edges = sorted({edge for each in self.ranges for a, b in each for edge in (a, b + 1)})
        bit = {edge: i for i, edge in enumerate(edges)}
        known: dict[Ranges, int] = {}
        for each in self.ranges:
            if each not in known:
                spans = [(1 << bit[b + 1]) - (1 << bit[a]) for a, b in each]
                known[each] = sum(spans)
        return [known[each] for each in self.ranges]

    def add(self, part: Part) -> Fragment:  # noqa: C901, PLR0911  # one a kind
        """Add the positions of a part."""
        match part:
            case Characters():
                if part not in self._covered:
                    self._covered[part] = part.covered()
                around = self._counts.get(part, part)
                return self.position(self._covered[part], around.start, around.end)
            case Concatenation():
                return self.joined([self.add(each) for each in part.parts])
            case Alternation():
                return _either([self.add(each) for each in part.options])
            case Group():
                return self.add(part.body)
            case Repeat():
                return self._repeated(part)
            case Assertion() if part.kind in ("start", "end"):
                marker = END if part.kind == "end" else START
                return self.position(((marker, marker),), part.start, part.end)
            case Assertion() | Look():
                boundary = isinstance(part, Assertion) and part.kind == "boundary"
                return _BOUNDARY if boundary else _NOTHING
            case Backreference():
                if self._references.meaning(part) == "nothing":
                    return _NOTHING
                return self.add(self._references.group(part))

    def position(self, ranges: Ranges, start: int, end: int) -> Fragment:
        """Add a position."""
        if len(self.ranges) >= POSITIONS:
            raise TooLarge
        here = len(self.ranges)
        self.ranges.append(ranges)
        self.sources.append((start, end))
        self.after.append({})
        return Fragment((here,), (here,), empty=False)

    def loop(self, body: Fragment) -> Fragment:
        """Lead the end of a part back to its start."""
        self._link(body.last, body.first)
        return Fragment(body.first, body.last, empty=True)

    def joined(self, parts: list[Fragment]) -> Fragment:
        """Put parts one after the other."""
        first: tuple[int, ...] = ()
        last: tuple[int, ...] = ()
        empty, bounded = True, False
        for part in parts:
            if part is _BOUNDARY:
                last = _bounded(last)
                bounded = bounded or empty
                continue
            self._link(last, part.first)
            if empty:
                first += _bounded(part.first) if bounded else part.first
            last = (*last, *part.last) if part.empty else part.last
            empty = empty and part.empty
        return Fragment(first, last, empty=empty)

    def _repeated(self, part: Repeat) -> Fragment:
        if part.most == 0:
            return _NOTHING
        if isinstance(part.body, Characters):
            self._counts[part.body] = part
        least = min(part.least, self._copies)
        self.most_copies = max(self.most_copies, least, min(part.most or 0, self._copies))
        if part.most is None:
            copies = [self.add(part.body) for _ in range(max(least, 1))]
            endless = self.loop(copies[-1])
            empty = least == 0 or copies[-1].empty
            copies[-1] = Fragment(endless.first, endless.last, empty=empty)
            return self.joined(copies)
        more = min(part.most - part.least, self._copies)
        made = _NOTHING
        for _ in range(more):  # X(X(X)?)?: after an iteration that takes nothing there is no other
            body = self.add(part.body)
            body = Fragment(body.first, body.last, empty=False)
            inner = self.joined([body, made])
            made = Fragment(inner.first, inner.last, empty=True)
        return self.joined([*(self.add(part.body) for _ in range(least)), made])

    def _link(self, last: tuple[int, ...], first: tuple[int, ...]) -> None:
        self.ways += len(last) * len(first)
        if self.ways > WAYS:
            raise TooLarge
        for start in last:
            here = max(start, ~start)
            after = self.after[here]
            for end in first:
                there = max(end, ~end)
                if (start < 0 or end < 0) and self._alike(here, there):
                    continue
                after[there] = after.get(there, 0) + 1

    def _alike(self, here: int, there: int) -> bool:
        r"""Whether two positions are both in words, or both outside: no `\b` is between them."""
        inside = {self._in_words(self.ranges[here]), self._in_words(self.ranges[there])}
        return len(inside) == 1 and None not in inside

    def _in_words(self, ranges: Ranges) -> bool | None:
        """Whether characters are all of words, or none; None: some are."""
        if ranges not in self._words:
            parts = [
                (max(low, a), min(high, b))
                for low, high in ranges
                for a, b in WORD
                if max(low, a) <= min(high, b)
            ]
            some = None if merged(parts) != ranges else True
            self._words[ranges] = some if parts else False
        return self._words[ranges]


def _bounded(positions: tuple[int, ...]) -> tuple[int, ...]:
    return tuple([min(here, ~here) for here in positions])


def _either(options: list[Fragment]) -> Fragment:
    return Fragment(
        tuple([each for option in options for each in option.first]),
        tuple([each for option in options for each in option.last]),
        empty=any(option.empty for option in options),
    )
