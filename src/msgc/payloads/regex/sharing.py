"""How many repetitions in a row can share one run of characters: `.*.*=` is two.

A text of n such characters is divided among k of them in about nᵏ ways. A pattern that isn't bound
to the start of the text begins with one more: the search for where to begin.
"""

from __future__ import annotations

from msgc.payloads.regex.automaton import Automaton, TooLarge
from msgc.payloads.regex.characters import LAST
from msgc.payloads.regex.nodes import Part
from msgc.payloads.regex.references import References
from msgc.record import Record


class Shared(Record):
    """The repetitions that share most."""

    start: int
    end: int
    power: int


def shared(part: Part, references: References) -> Shared | None:
    """Return the longest row of repetitions of one character each; None: there is none."""
    automaton = Automaton(references, 2)
    try:
        search = automaton.loop(automaton.position(((0, LAST),), -1, -1))
        whole = automaton.joined([search, automaton.add(part)])
    except TooLarge:
        return None
    return _Rows(automaton, set(whole.last)).longest()


class _Rows:
    """The positions that follow themselves, and which of them share characters."""

    def __init__(self, automaton: Automaton, accepted: set[int]) -> None:
        self._automaton = automaton
        self._masks = automaton.masks()
        # who is there has found it: nothing can fail any more
        self._after = [
            {} if here in accepted else {t: n for t, n in ways.items() if t not in accepted}
            for here, ways in enumerate(automaton.after)
        ]

    def longest(self) -> Shared | None:
        loops = [here for here, ways in enumerate(self._after) if here in ways]
        rows: dict[int, tuple[int, ...]] = {}
        for last in loops:  # positions stand in the order of the pattern
            before = [rows[first] for first in rows if self._share(first, last)]
            rows[last] = (*max(before, key=len, default=()), last)
        best = max(rows.values(), key=len, default=())
        if len(best) < 3:  # two are a square of the length, which is common and bearable
            return None
        sources = [self._automaton.sources[each] for each in best if each > 0]
        return Shared(start=sources[0][0], end=sources[-1][1], power=len(best))

    def _share(self, first: int, last: int) -> bool:
        """Whether one leads to the other over characters that both repeat."""
        both = self._masks[first] & self._masks[last]
        seen = {first}
        waiting = [first] if both else []
        for here in waiting:  # which grows
            for there in self._after[here]:
                if there == last:
                    return True
                if there not in seen and self._masks[there] & both:
                    seen.add(there)
                    waiting.append(there)
        return False
