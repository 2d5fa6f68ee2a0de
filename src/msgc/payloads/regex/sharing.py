"""How many repetitions in a row can share one run of characters: `.*.*=` is two.

A text of n such characters is divided among k of them in about nᵏ ways. A pattern that isn't bound
to the start of the text begins with one more: the search for where to begin.
"""

from __future__ import annotations

from msgc.payloads.regex.automaton import Automaton, TooLarge
from msgc.payloads.regex.characters import LAST
from msgc.payloads.regex.components import components
from msgc.payloads.regex.nodes import Characters, Concatenation, Part, Repeat, inside
from msgc.payloads.regex.references import References
from msgc.record import Record

COPIES = (8, 2)
"""As how many copies a counted part is drawn."""
LOOPS = 50
"""Repetitions to be compared with one another."""


class Shared(Record):
    """The repetitions that share most."""

    start: int
    end: int
    power: int
    counted: bool
    """Whether one of them is there several times, by a count around it."""


def shared(part: Part, references: References) -> Shared | None:
    """Return the longest row of repetitions of one character each; None: there is none."""
    for copies in COPIES:
        automaton = Automaton(references, copies)
        try:
            search = automaton.loop(automaton.position(((0, LAST),), -1, -1))
            whole = automaton.joined([search, automaton.add(part)])
        except TooLarge:
            continue
        rows = _Rows(automaton, set(whole.last))
        if len(rows.loops) <= LOOPS:
            found = rows.longest()
            return found and _whole(part, found)
    return None


def _whole(part: Part, found: Shared) -> Shared:
    """Return it with whole parts of the pattern: groups aren't cut."""
    while not isinstance(part, Characters):
        if found.counted and isinstance(part, Repeat) and part.most not in (0, 1, None):
            break
        parts = [p for p in inside(part) if p.start < found.end and p.end > found.start]
        if isinstance(part, Concatenation) and len(parts) > 1:
            return found.replace(start=parts[0].start, end=parts[-1].end)
        if len(parts) != 1:
            break
        (part,) = parts
    return found.replace(start=part.start, end=part.end)


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
        order = [here for members in components(self._after) for here in members]
        self.loops = [here for here in reversed(order) if here in self._after[here]]

    def longest(self) -> Shared | None:
        rows: dict[int, tuple[int, ...]] = {}
        for last in self.loops:  # what leads there has been seen before
            before = [rows[first] for first in rows if self._share(first, last)]
            rows[last] = (*max(before, key=len, default=()), last)
        best = max(rows.values(), key=len, default=())
        sources = [self._automaton.sources[each] for each in best if each > 0]
        if not sources:
            return None
        return Shared(
            start=min(start for start, _ in sources),
            end=max(end for _, end in sources),
            power=len(best),
            counted=len(set(sources)) < len(sources),
        )

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
