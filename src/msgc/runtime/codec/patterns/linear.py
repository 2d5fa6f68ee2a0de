"""Regular expressions searched in linear time, by a position automaton.

Python's `re` tries one way through an expression after the other. Here all ways are followed at
once: the state is the set of positions that the text can have led to. States, and what follows on
which character, are kept once worked out, so that most characters cost one look into a dictionary.
Lookarounds are looked for beforehand, each in one pass over the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from .parser import Node, parse
from .positions import EDGE, OTHER, WORD, Positions
from .regexes import Pattern

KEPT = 4000
"""Steps from state to state that are kept, ..."""
KEPT_BITS = 50_000_000
"""... and the positions in all of their states."""

_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")


class Linear:
    """An expression to be found anywhere in a text."""

    __slots__ = ("_automaton",)

    def __init__(self, text: str) -> None:
        self._automaton = Automaton(parse(text), is_whole=True)

    def search(self, text: str) -> bool | None:
        """Return True if it is found, and otherwise None, as `re` does."""
        return self._automaton.is_found(text) or None


class LinearPattern(Pattern):
    """A regular expression on which `re` may take long."""

    __slots__ = ()

    def _compile(self, text: str) -> Callable[[str], Any]:
        return Linear(text).search


class State(dict[Any, "State"]):
    """The positions where a text can have led to; what comes next leads to the state behind it."""

    __slots__ = ("_automaton", "hit", "kind", "positions")

    def __init__(
        self, automaton: Automaton, positions: int, kind: int, *, hit: bool
    ) -> None:
        super().__init__()
        self._automaton = automaton
        self.positions = positions
        self.kind = kind  # of the last character
        self.hit = hit  # before it, an occurrence was complete

    def __missing__(self, symbol: Any) -> State:
        return self._automaton.step(self, symbol)


class Gap:
    """What can be done between two characters, in one context of theirs."""

    __slots__ = ("empty", "entries", "exits", "far")

    def __init__(self, positions: Positions, context: int) -> None:
        whole = positions.whole
        self.far = positions.far(context)
        self.empty = bool(whole.empty >> context & 1)
        self.entries = self.exits = 0
        for condition, some in whole.first.items():
            self.entries |= some if condition >> context & 1 else 0
        for condition, some in whole.last.items():
            self.exits |= some if condition >> context & 1 else 0


class Automaton:
    """The deterministic automaton of an expression, as far as texts have needed it.

    `is_whole`: the first occurrence is enough. Otherwise it is a lookaround, and each place counts;
    `backwards`: where it begins, not where it ends.
    """

    def __init__(
        self, node: Node, *, is_whole: bool = False, backwards: bool = False
    ) -> None:
        self._positions = positions = Positions(node, backwards=backwards)
        self._is_whole = is_whole
        self._backwards = backwards
        self._edges, self._taken = positions.characters()
        self._near = [*positions.near.items()]
        self._gaps: dict[int, Gap] = {}
        self._looks = [
            Automaton(look.body, backwards=not look.behind) for look in positions.looks
        ]
        self._states: dict[tuple[int, int, bool], State] = {}
        self.start = State(self, 0, EDGE, hit=False)
        self._found = State(self, 0, EDGE, hit=True)
        self._kept = 0
        self._most = min(KEPT, KEPT_BITS // (positions.count + 1) + 1)

    @property
    def has_looks(self) -> bool:
        """Whether there are lookarounds, so that a step takes more than a character."""
        return bool(self._looks)

    def is_found(self, text: str) -> bool:
        """Whether there is an occurrence."""
        symbols, end = self._symbols(text)
        state = self.start
        for symbol in symbols:
            state = state[symbol]
        return state[end].hit

    def hits(self, text: str) -> list[bool]:
        """Return of each gap whether an occurrence is complete there."""
        symbols, end = self._symbols(text)
        state = self.start
        hits: list[bool] = []
        for symbol in symbols:
            state = state[symbol]
            hits.append(state.hit)
        hits.append(state[end].hit)
        return hits[::-1] if self._backwards else hits

    def _symbols(self, text: str) -> tuple[Iterable[Any], Any]:
        """Return the characters and the end as they are read, with the lookarounds before each."""
        read = text[::-1] if self._backwards else text
        if not self._looks:
            return read, ""
        looks = [0] * (len(text) + 1)
        for place, look in enumerate(self._looks):
            bit = 1 << place
            hits = look.hits(text)
            looks = [
                some | bit if hit else some
                for some, hit in zip(looks, hits, strict=True)
            ]
        if self._backwards:
            looks.reverse()
        return zip(read, looks, strict=False), ("", looks[-1])

    def step(self, state: State, symbol: Any) -> State:
        """Work out what follows on a character, or on the end of the text."""
        if state is self._found:
            return state
        character, looks = symbol if self._looks else (symbol, 0)
        kind = EDGE
        if character:
            in_word = self._positions.has_words and character in _WORD
            kind = WORD if in_word else OTHER
        before, after = state.kind, kind
        if self._backwards:
            before, after = after, before
        context = looks * 9 + before * 3 + after
        gap = self._gaps.get(context)
        if gap is None:
            gap = self._gaps[context] = Gap(self._positions, context)
        here = state.positions
        hit = gap.empty or here & gap.exits != 0
        if hit and self._is_whole:
            there = self._found
        else:
            there = self._state(self._next(here, character, gap), kind, hit=hit)
        self._kept += 1
        if self._kept > self._most:
            self._forget()
        state[symbol] = there
        return there

    def _next(self, here: int, character: str, gap: Gap) -> int:
        """Return the positions that take a character, after those of the one before."""
        if not character:
            return 0
        after = gap.entries
        for distance, some in self._near:
            after |= (here & some) << distance
        for last, first in gap.far:
            if here & last:
                after |= first
        return after & self._taken[bisect_right(self._edges, ord(character)) - 1]

    def _state(self, positions: int, kind: int, *, hit: bool) -> State:
        key = (positions, kind, hit)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = State(self, positions, kind, hit=hit)
        return state

    def _forget(self) -> None:
        for state in (self.start, *self._states.values()):
            state.clear()
        self._states.clear()
        self._kept = 0
