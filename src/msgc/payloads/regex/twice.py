"""Whether a repetition can read one text in two ways, and so the text n times in 2ⁿ ways.

That is what makes a backtracking matcher run away: where the text then doesn't fit, all ways are
tried. It is decided on the position automaton of the repetition: some position leads back to
itself by two different ways over the same text (Weber and Seidl's condition EDA, 1991).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgc.payloads.regex.automaton import Automaton, TooLarge
from msgc.payloads.regex.components import components
from msgc.payloads.regex.nodes import Repeat
from msgc.payloads.regex.references import References

STEPS = 1_000_000
"""Pairs of ways to be looked at."""
COPIES = (64, 8, 3, 2)
"""As how many copies a counted part is drawn: what is counted further is counted so far."""

Pair = tuple[int, int]


class Budget:
    """Steps left for all repetitions of a pattern."""

    def __init__(self) -> None:
        self._left = 3 * STEPS

    def spend(self, steps: int) -> None:
        """Take steps; raises `TooLarge` if there aren't as many."""
        self._left -= steps
        if self._left < 0:
            raise TooLarge


def read_twice(loop: Repeat, references: References, budget: Budget) -> str | None:
    """Return a text that can be read in two ways, from a place of the loop back to it.

    Raises `TooLarge` if that can't be told.
    """
    for copies in COPIES:
        automaton = Automaton(references, copies)
        try:
            automaton.loop(automaton.add(loop.body))
            budget.spend(automaton.ways)
            return _Search(automaton, budget).text()
        except TooLarge:
            if automaton.most_copies <= COPIES[-1]:  # it isn't the counts
                raise
    raise TooLarge


class _Search:
    """Walks the automaton in pairs, from one position to the same again."""

    def __init__(self, automaton: Automaton, budget: Budget) -> None:
        self._automaton = automaton
        self._budget = budget
        self._masks = automaton.masks()
        self._steps = 0

    def text(self) -> str | None:
        for members in components(self._automaton.after):
            after = {
                here: {there: n for there, n in self._automaton.after[here].items()
                       if there in members}
                for here in members
            }  # fmt: skip
            found = self._in_component(after)
            if found is not None:
                return found
        return None

    def _in_component(self, after: dict[int, dict[int, int]]) -> str | None:
        double = next(((a, b) for a, ways in after.items() for b, n in ways.items() if n > 1), None)
        if double is not None:
            here, there = double
            return self._char(there, there) + self._way(after, there, here)
        came, waiting = self._parted(after)
        for pair in waiting:  # which grows
            for following in self._next(after[pair[0]], after[pair[1]]):
                if following[0] == following[1]:
                    return self._told(after, came, pair, following)
                if following not in came:
                    came[following] = pair
                    waiting.append(following)
        return None

    def _parted(self, after: dict[int, dict[int, int]]) -> tuple[dict[Pair, Pair], list[Pair]]:
        """Return where two ways from one position lead first, and from which."""
        came: dict[Pair, Pair] = {}
        waiting: list[Pair] = []
        parted: set[tuple[int, ...]] = set()
        for here, ways in after.items():
            if len(ways) > 1 and (key := tuple(ways)) not in parted:
                parted.add(key)  # the ends of all options lead to the same
                for pair in self._next(ways, ways):
                    if pair[0] != pair[1] and pair not in came:
                        came[pair] = (here, here)
                        waiting.append(pair)
        return came, waiting

    def _next(self, first: dict[int, int], second: dict[int, int]) -> Iterator[Pair]:
        """Yield where two ways may lead over the same character."""
        self._budget.spend(len(first) * len(second))
        self._steps += len(first) * len(second)
        if self._steps > STEPS:
            raise TooLarge
        for a in first:
            mask = self._masks[a]
            for b in second:
                if mask & self._masks[b]:
                    yield (a, b) if a <= b else (b, a)

    def _told(
        self, after: dict[int, dict[int, int]], came: dict[Pair, Pair], pair: Pair, last: Pair
    ) -> str:
        """Return the text of two ways that meet at `last`, and from there to where they parted."""
        text = self._char(*last)
        while pair[0] != pair[1]:
            text = self._char(*pair) + text
            pair = came[pair]
        return text + self._way(after, last[0], pair[0])

    def _way(self, after: dict[int, dict[int, int]], start: int, end: int) -> str:
        """Return the text of the shortest way from one position to another."""
        came: dict[int, int] = {}
        waiting = [start]
        if start == end:
            return ""
        for here in waiting:  # which grows
            for there in after[here]:
                if there not in came:
                    came[there] = here
                    waiting.append(there)
            if end in came:
                break
        text, here = "", end
        while here != start:
            text = self._char(here, here) + text
            here = came[here]
        return text

    def _char(self, first: int, second: int) -> str:
        """Return a character of both positions, one that can be read if there is one."""
        ranges = self._automaton.ranges
        shared = [
            (max(a, c), min(b, d))
            for a, b in ranges[first]
            for c, d in ranges[second]
            if max(a, c) <= min(b, d)
        ]
        for wanted in (*b"aA0 -._,:/", *range(0x21, 0x7F)):
            if any(low <= wanted <= high for low, high in shared):
                return chr(wanted)
        return chr(shared[0][0])
