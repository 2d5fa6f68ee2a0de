r"""The automaton of a pattern: its positions, and the ways in which `re` goes from one to the next.

A position is a character of the pattern (Glushkov's automaton). From one position to the next there
may be several ways, and `re` tries each: in `(a*)*`, the next `a` may be the inner repetition's or
the outer one's. A condition says where a way is open: in which contexts, a context being the kinds
of the characters before and after; it is a number with a bit for each of the nine. A lookahead is a
way of its own that ends where it ends.
"""

from __future__ import annotations

from msgc.payloads.regex.backreferences import Backreferences
from msgc.payloads.regex.characters import WORD, Ranges
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
    width,
)

EDGE, IN_WORD, OTHER = 0, 1, 2
"""Kinds of what is beside a gap: an end of the text, a character of a word, another one."""
ALWAYS = 0x1FF
CONDITIONS = {
    "start": sum(1 << after for after in range(3)),
    "end": sum(1 << 3 * before for before in range(3)),
    "boundary": sum(1 << 3 * b + a for b in range(3) for a in range(3) if (b == 1) != (a == 1)),
    "no boundary": sum(1 << 3 * b + a for b in range(3) for a in range(3) if (b == 1) == (a == 1)),
}

MOST_WAYS = 1000
"""Between two positions."""
MOST_POSITIONS = 2000
"""Of a pattern whose ways are followed."""
BEHIND = 64
"""Characters that a lookbehind may look at, at each place anew, ..."""
TOO_MANY = 20
"""... and the ways in which it may not."""

Transition = tuple[int, int, int]
"""A position, in how many ways it is reached, and under which condition."""


class NotForRe(Exception):  # noqa: N818  # it says what it is
    """There are too many ways to be followed one after the other, or to be counted."""


class Fragment:
    """A part: where it begins and ends, in how many ways it takes nothing, on which condition."""

    __slots__ = ("condition", "empty", "first", "last")

    def __init__(
        self, first: list[Transition], last: list[Transition], empty: int, condition: int
    ) -> None:
        self.first = first
        self.last = last
        self.empty = empty
        self.condition = condition


class Automaton:
    """Positions, their characters, and the ways between them.

    A count above `copies` is taken for any number: there may be more ways then, but not fewer.
    Raises `NotForRe`, also when there are more than `most` ways.
    """

    def __init__(self, root: Part, references: Backreferences, *, copies: int, most: int) -> None:
        self.after: list[list[Transition]] = []
        self.sources: list[tuple[int, int]] = []
        """Where in the pattern a position stands."""
        self._ranges: list[Ranges] = []
        self._covered: dict[int, Ranges] = {}
        self._references = references
        self.coarse = False
        """Whether a count was taken for any number."""
        self.sure = True
        """Whether what the ways lead to is found: there is no lookaround and no reference."""
        self._copies = copies
        self._left = most
        self._has_words = False
        self.whole = self._add(root)
        self.ends = [0] * len(self.after)
        """Under which condition the pattern is complete after a position, for certain."""
        for here, _, condition in self.whole.last if self.sure and not self.coarse else ():
            self.ends[here] |= condition

    def classes(self) -> dict[int, list[int]]:
        """Return, by the kind of a character, which positions take it: one number a sort."""
        changes: dict[int, int] = {0: 0}
        word = 1 << len(self._ranges)
        taken: dict[Ranges, int] = {WORD: word} if self._has_words else {}
        for here, ranges in enumerate(self._ranges):
            taken[ranges] = taken.get(ranges, 0) | 1 << here
        for ranges, positions in taken.items():
            for low, high in ranges:
                changes[low] = changes.get(low, 0) ^ positions
                changes[high + 1] = changes.get(high + 1, 0) ^ positions
        now = 0
        found: dict[int, None] = {}
        for edge in sorted(changes):
            now ^= changes[edge]
            found[now] = None
        sorts = {OTHER: [each for each in found if not each & word]}
        if self._has_words:
            sorts[IN_WORD] = [each ^ word for each in found if each & word]
        return sorts

    def _add(self, part: Part) -> Fragment:  # noqa: PLR0911  # one a kind
        match part:
            case Characters():
                return self._position(part)
            case Concatenation():
                return self._joined([self._add(each) for each in part.parts])
            case Alternation():
                return _either([self._add(each) for each in part.options])
            case Group():
                return self._add(part.body)
            case Repeat():
                return self._repeated(part)
            case Assertion():
                self._has_words = self._has_words or "boundary" in part.kind
                return Fragment([], [], 1, CONDITIONS[part.kind])
            case Look():
                return self._look(part)
            case Backreference():
                return self._reference(part)

    def _position(self, part: Characters) -> Fragment:
        if id(part) not in self._covered:
            self._covered[id(part)] = part.covered()
        self._spend(1)
        here = len(self.after)
        if here == MOST_POSITIONS:
            raise NotForRe
        self._ranges.append(self._covered[id(part)])
        self.sources.append((part.start, part.end))
        self.after.append([])
        return Fragment([(here, 1, ALWAYS)], [(here, 1, ALWAYS)], 0, 0)

    def _look(self, part: Look) -> Fragment:
        self.sure = False
        if part.behind:
            longest = width(part.body)[1]
            if longest is None or longest > BEHIND or _readings(part.body) == TOO_MANY:
                raise NotForRe
            return _NOTHING
        return Fragment(self._add(part.body).first, [], 1, ALWAYS)

    def _reference(self, part: Backreference) -> Fragment:
        meaning = self._references.meaning(part)
        if meaning == "nothing":
            return _NOTHING
        self.sure = False
        group = self._add(self._references.group(part).body)
        if meaning == "the group":
            return group
        return Fragment(group.first, group.last, group.empty + 1, ALWAYS)

    def _repeated(self, part: Repeat) -> Fragment:
        if part.most == 0:
            return _NOTHING
        if part.most == 1:
            body = self._add(part.body)
            if part.least == 1:
                return body
            return Fragment(body.first, body.last, body.empty + 1, ALWAYS)
        counted = max(part.least, part.most or 0)
        copies = [self._add_once(part)]
        if part.most is None or counted > self._copies:
            self.coarse = self.coarse or counted > 1
            least = min(part.least, 1)
            self._link(copies[-1].last, copies[-1].first)
            if least:
                return copies[-1]
            return Fragment(copies[-1].first, copies[-1].last, 1, ALWAYS)
        copies += [self._add_once(part) for _ in range(counted - 1)]
        last: list[Transition] = []
        for times, (copy, further) in enumerate(zip(copies, [*copies[1:], None], strict=True), 1):
            if times >= part.least:
                last += copy.last
            if further is not None:
                self._link(copy.last, further.first)
        return Fragment(copies[0].first, last, 0 if part.least else 1, ALWAYS)

    def _add_once(self, part: Repeat) -> Fragment:
        body = self._add(part.body)
        if body.empty:  # which `re` may take again and again
            raise NotForRe
        return body

    def _joined(self, parts: list[Fragment]) -> Fragment:
        first: list[Transition] = []
        last: list[Transition] = []
        empty, condition = 1, ALWAYS
        for part in parts:
            self._link(last, part.first)
            self._spend(len(part.first) * (empty > 0) + len(last) * (part.empty > 0))
            if empty:
                first += _times(part.first, empty, condition)
            before = _times(last, part.empty, part.condition) if part.empty else []
            last = [*part.last, *before]
            empty *= part.empty
            condition &= part.condition
            if empty > MOST_WAYS:
                raise NotForRe
        return Fragment(first, last, empty, condition)

    def _link(self, last: list[Transition], first: list[Transition]) -> None:
        self._spend(len(last) * len(first))
        for here, ways, before in last:
            after = self.after[here]
            for there, more, behind in first:
                if before & behind:
                    if ways * more > MOST_WAYS:
                        raise NotForRe
                    after.append((there, ways * more, before & behind))

    def _spend(self, ways: int) -> None:
        self._left -= ways
        if self._left < 0:
            raise NotForRe


_NOTHING = Fragment([], [], 1, ALWAYS)


def _times(several: list[Transition], ways: int, condition: int) -> list[Transition]:
    return [(here, ways * n, condition & when) for here, n, when in several if condition & when]


def _either(options: list[Fragment]) -> Fragment:
    condition = 0
    for option in options:
        condition |= option.condition
    return Fragment(
        [way for option in options for way in option.first],
        [way for option in options for way in option.last],
        sum([option.empty for option in options]),
        condition,
    )


def _readings(part: Part) -> int:
    """Count the ways through the body of a lookbehind, up to the first that are too many."""
    match part:
        case Characters() | Assertion():
            return 1
        case Concatenation():
            ways = 1
            for each in part.parts:
                ways = min(ways * _readings(each), TOO_MANY)
            return ways
        case Alternation():
            return min(sum([_readings(each) for each in part.options]), TOO_MANY)
        case Group():
            return _readings(part.body)
        case Repeat(least=least, most=most) if most is not None and most <= BEHIND:
            ways, inner = 1 + most - least, _readings(part.body)
            for _ in range(most):
                ways = min(ways * inner, TOO_MANY)
            return ways
        case _:
            return TOO_MANY
