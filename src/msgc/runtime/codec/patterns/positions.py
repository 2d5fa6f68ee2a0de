r"""Position automaton of a regular expression (Glushkov's), with sets of positions as numbers.

A position is a character of the expression, a counted one as often as it is counted; a set of
positions is a number with a bit for each. Between two characters there is a gap. What `^`, `\Z`,
`\b` and lookarounds ask of it depends on the kinds of the characters around it and on which
lookarounds hold there: its context. A condition is the set of the contexts in which it holds,
again a number with a bit for each, so that "and" is `&` and "or" is `|`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from .categories import Ranges
from .parser import Assertion, Characters, Either, Look, Node, Repeat, Sequence

EDGE, WORD, OTHER = 0, 1, 2
"""Kinds of what is beside a gap: an end of the text, a character of a word, another one."""

NEAR = 4
"""Ways to a position at most so far ahead are a shift of all positions at once."""

Ways = dict[int, int]
"""To each condition, the positions that it admits."""


class Fragment:
    """The automaton of a part: where it begins and ends, and when it may take nothing."""

    __slots__ = ("empty", "first", "last")

    def __init__(self, first: Ways, last: Ways, empty: int) -> None:
        self.first = first
        self.last = last
        self.empty = empty


class Positions:
    """Positions, their characters, and the ways between them.

    `backwards`: the text is read from its end to its start.
    """

    def __init__(self, root: Node, *, backwards: bool) -> None:
        self._backwards = backwards
        self.looks: list[Look] = []
        """Lookarounds, whose truth at a gap is part of its context."""
        self.has_words = False
        r"""Whether there is a `\b`: whether it matters what is in a word."""
        self._survey(root)
        self._contexts = range(9 << len(self.looks))
        self._always = (1 << len(self._contexts)) - 1
        self.count = 0
        self._taken: dict[Ranges, int] = {}
        self.near: dict[int, int] = {}
        """To each distance, the positions from which there is a way so far ahead."""
        self._far: dict[tuple[int, int], int] = {}
        self.whole = self._add(root)

    def far(self, context: int) -> list[tuple[int, int]]:
        """Return the other ways in a context: from any of some positions to all of others."""
        return [
            (last, first)
            for (first, condition), last in self._far.items()
            if condition >> context & 1
        ]

    def characters(self) -> tuple[list[int], list[int]]:
        """Return where code points change, and the positions that take those from there on."""
        changes: dict[int, int] = {}
        for ranges, positions in self._taken.items():
            for low, high in ranges:
                changes[low] = changes.get(low, 0) ^ positions
                changes[high + 1] = changes.get(high + 1, 0) ^ positions
        edges, taken, now = [0], [0], 0
        known = {0: 0}  # one number of those that are equal
        for edge in sorted(changes):
            now ^= changes[edge]
            edges.append(edge)
            taken.append(known.setdefault(now, now))
        return edges, taken

    def _survey(self, node: Node) -> None:
        match node:
            case Look():
                self.looks.append(node)
            case Assertion():
                self.has_words = self.has_words or "boundary" in node.kind
            case Sequence():
                for part in node.parts:
                    self._survey(part)
            case Either():
                for option in node.options:
                    self._survey(option)
            case Repeat():
                self._survey(node.body)
            case _:
                pass

    def _add(self, node: Node) -> Fragment:
        match node:
            case Characters():
                return self._block(node.ranges, 1, 1)
            case Sequence():
                parts = node.parts[::-1] if self._backwards else node.parts
                return self._joined([self._add(part) for part in parts])
            case Either():
                return _either([self._add(option) for option in node.options])
            case Repeat(body=Characters(ranges=ranges)):
                return self._block(ranges, node.least, node.most)
            case Repeat():
                return self._repeated(node)
            case Assertion():
                return Fragment({}, {}, self._where(_ASSERTIONS[node.kind]))
            case Look():
                place = self.looks.index(node)
                sought = 0 if node.negative else 1
                return Fragment(
                    {}, {}, self._where(lambda c: c // 9 >> place & 1 == sought)
                )
            case _:
                raise TypeError(node)

    def _where(self, holds: Callable[[int], bool]) -> int:
        return sum([1 << context for context in self._contexts if holds(context)])

    def _block(self, ranges: Ranges, least: int, most: int | None) -> Fragment:
        """Add the positions of one character, counted."""
        length = max(least, 1) if most is None else most
        if length == 0:
            return Fragment({}, {}, self._always)
        first, last = 1 << self.count, 1 << self.count + length - 1
        self.count += length
        positions = 2 * last - first
        self._taken[ranges] = self._taken.get(ranges, 0) | positions
        self.near[1] = self.near.get(1, 0) | positions - last
        if most is None:
            self.near[0] = self.near.get(0, 0) | last
        ends = 2 * last - (first << max(least, 1) - 1)
        always = self._always
        return Fragment({always: first}, {always: ends}, 0 if least else always)

    def _repeated(self, node: Repeat) -> Fragment:
        made = [self._add(node.body) for _ in range(node.least)]
        if node.most is None:
            made = made or [self._add(node.body)]
            self._link(made[-1].last, made[-1].first)
            if node.least == 0:
                made[-1].empty = self._always
        elif node.most > node.least:  # X(X(X)?)?: each further one ends the whole
            further = [self._add(node.body) for _ in range(node.most - node.least)]
            last = dict(further[0].last)
            for before, after in pairwise(further):
                self._link(before.last, after.first)
                _join(last, after.last)
            made.append(Fragment(further[0].first, last, self._always))
        return self._joined(made)

    def _joined(self, parts: list[Fragment]) -> Fragment:
        whole = Fragment({}, {}, self._always)
        for part in parts:
            self._link(whole.last, part.first)
            _join(whole.first, part.first, whole.empty)
            last = dict(part.last)
            _join(last, whole.last, part.empty)
            whole = Fragment(whole.first, last, whole.empty & part.empty)
        return whole

    def _link(self, last: Ways, first: Ways) -> None:
        for before, ends in last.items():
            for after, starts in first.items():
                condition = before & after
                if condition == self._always and self._link_near(ends, starts):
                    continue
                if condition:
                    key = (starts, condition)
                    self._far[key] = self._far.get(key, 0) | ends

    def _link_near(self, ends: int, starts: int) -> bool:
        """Add ways as shifts, if all lead a little ahead."""
        if not 0 <= starts.bit_length() - (ends & -ends).bit_length() <= NEAR:
            return False
        if (starts & -starts) < 1 << ends.bit_length() - 1:  # some lead back
            return False
        for end in _bits(ends):
            for start in _bits(starts):
                self.near[start - end] = self.near.get(start - end, 0) | 1 << end
        return True


def _bits(positions: int) -> list[int]:
    """Return the places of the bits, of which there are few and near to one another."""
    lowest = (positions & -positions).bit_length() - 1
    high = positions >> lowest
    return [lowest + i for i in range(high.bit_length()) if high >> i & 1]


def _join(ways: Ways, further: Ways, condition: int = -1) -> None:
    """Add ways, under a further condition."""
    for each, positions in further.items():
        if each & condition:
            ways[each & condition] = ways.get(each & condition, 0) | positions


def _either(options: list[Fragment]) -> Fragment:
    whole = Fragment({}, {}, 0)
    for option in options:
        _join(whole.first, option.first)
        _join(whole.last, option.last)
        whole.empty |= option.empty
    return whole


def _beside(context: int) -> tuple[int, int]:
    """Return the kinds before and after a gap, in the text."""
    return context % 9 // 3, context % 3


def _is_boundary(context: int) -> bool:
    before, after = _beside(context)
    return (before == WORD) != (after == WORD)


_ASSERTIONS: dict[str, Callable[[int], bool]] = {
    "start": lambda context: _beside(context)[0] == EDGE,
    "end": lambda context: _beside(context)[1] == EDGE,
    "boundary": _is_boundary,
    "no boundary": lambda context: not _is_boundary(context),
}
