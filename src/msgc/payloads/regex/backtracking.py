"""Find catastrophic backtracking: whether Python's `re` takes more than linear time on a text.

`re` follows one way through a pattern after the other, up to the first that leads to the end. The
time it takes is the number of ways over the first n characters, for all n. So all ways are followed
here at once, on every text that there can be: how many lead to which position, character by
character, until nothing new turns up. Where they become many they grow with the text.

A way on which the pattern is complete is the last: before it, no other was, and what is tried after
it comes back to it. So it counts once from there on, and no search begins anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import ge

from msgc.payloads.regex.automaton import CONDITIONS, EDGE, Automaton, NotForRe, Transition
from msgc.payloads.regex.backreferences import Backreferences
from msgc.payloads.regex.nodes import Part
from msgc.record import Record

MOST = 32
"""Ways over one text that `re` may have to follow."""
MOST_STEPS = 300
"""Ways over one more character that it may have to try then."""
TIMES = 4
"""As often as more ways lead to the same positions, it is taken for granted that they grow."""
COPIES = (1, 300)
"""Up to which count a part is drawn as often as it is counted: first coarsely, then exactly."""
BOUNDED = 1_000_000
"""Steps that a text of limited length may take: some 10 ms."""
LONGEST = 10_000
"""The longest such text."""

State = tuple[int, bool, tuple[tuple[int, int], ...]]
"""The kind of the last character; whether the search may begin here; positions, and the ways."""


class Growth(Record):
    """Where the ways become too many."""

    start: int
    end: int


def growth(root: Part, references: Backreferences, size: int) -> Growth | None:
    """Return where `re` may take longer than a small multiple of the text; None: nowhere.

    `size` is the length of the pattern: the effort made here is a multiple of it.
    """
    found = Growth(start=root.start, end=root.end)
    for copies in COPIES:
        try:
            automaton = Automaton(root, references, copies=copies, most=300 + 10 * size)
        except NotForRe:
            break
        try:
            _Texts(automaton, 500 + 40 * max(size, len(automaton.after))).look()
        except _TooMany as many:
            start, end = automaton.sources[many.position]
            found = Growth(start=start, end=end)
        except NotForRe:
            pass
        else:
            return None
        if not automaton.coarse:
            break
    return found


def longest_bounded(root: Part, references: Backreferences, size: int) -> int:
    """Return up to which length `re` takes no more than `BOUNDED` steps, whatever the text is."""
    try:
        automaton = Automaton(root, references, copies=COPIES[-1], most=300 + 10 * size)
    except NotForRe:
        return 0
    first = automaton.whole.first
    begins_later = [way for way in first if way[2] & ~CONDITIONS["start"]]
    tries = automaton.whole.empty + sum([n for _, n, _ in first]) + 1
    here: dict[int, int] = {}
    steps, effort = tries, BOUNDED // 20
    for length in range(LONGEST):
        there: dict[int, int] = {}
        for position, times in ((-1, 1), *here.items()):
            after = (
                automaton.after[position] if position >= 0 else begins_later if length else first
            )
            for following, n, _ in after:
                there[following] = there.get(following, 0) + times * n
            effort -= len(after) + 1
            steps += times * (len(after) + 1)
        if steps > BOUNDED or effort < 0:
            return length
        here = there
    return LONGEST


class _TooMany(Exception):  # noqa: N818  # it says what it is
    """Too many ways lead to a position."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


class _Texts:
    """All texts, told apart by the ways that lead over them."""

    def __init__(self, automaton: Automaton, effort: int) -> None:
        self._automaton = automaton
        self._effort = effort
        self._classes = automaton.classes()
        self._first = automaton.whole.first
        is_certain = automaton.sure and not automaton.coarse and automaton.whole.empty
        self._empty = automaton.whole.condition if is_certain else 0
        self._steps = [1 + sum([n for _, n, _ in after]) for after in automaton.after]
        self._steps_at_start = 1 + automaton.whole.empty + sum([n for _, n, _ in self._first])

    def look(self) -> None:
        """Raise `_TooMany`, or `NotForRe` if it can't be told, unless there are always few ways."""
        seen: set[State] = set()
        waiting: list[State] = [(EDGE, True, ())]
        counts: dict[tuple[int, bool, tuple[int, ...]], list[tuple[int, ...]]] = {}
        while waiting:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            before, searching, here = state
            numbers = tuple([n for _, n in here])
            others = counts.setdefault((before, searching, tuple([p for p, _ in here])), [])
            if sum([all(map(ge, numbers, other)) for other in others]) >= TIMES:
                raise _TooMany(max(here, key=lambda each: each[1])[0])
            others.append(numbers)
            waiting += self._following(state)

    def _following(self, state: State) -> Iterator[State]:
        before, searching, here = state
        steps = sum([self._steps[position] * n for position, n in here])
        if steps + searching * self._steps_at_start > MOST_STEPS:
            raise NotForRe
        for kind, sorts in self._classes.items():
            still, there = self._behind(before * 3 + kind, here, searching=searching)
            self._effort -= len(there) * len(sorts)
            relevant = sum([1 << position for position, _ in there])
            for taken in {taken & relevant: None for taken in sorts}:
                some = tuple([each for each in there if taken >> each[0] & 1])
                if sum([n for _, n in some]) > MOST:
                    raise _TooMany(max(some, key=lambda each: each[1])[0])
                if some or still:
                    yield kind, still, some

    def _behind(
        self, context: int, here: tuple[tuple[int, int], ...], *, searching: bool
    ) -> tuple[bool, list[tuple[int, int]]]:
        """Return whether the search goes on, and the ways over one more character."""
        automaton, there = self._automaton, dict[int, int]()
        self._effort -= 10
        for position, n in here:
            is_end = automaton.ends[position] >> context & 1
            searching = searching and not is_end
            self._add(there, automaton.after[position], context, 1 if is_end else n)
        if searching:
            self._add(there, self._first, context, 1)
            searching = not self._empty >> context & 1
        if self._effort < 0:
            raise NotForRe
        return searching, sorted(there.items())

    def _add(
        self, there: dict[int, int], after: list[Transition], context: int, times: int
    ) -> None:
        self._effort -= len(after)
        for position, n, condition in after:
            if condition >> context & 1:
                there[position] = there.get(position, 0) + times * n
