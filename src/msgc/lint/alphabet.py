"""Whether a regular expression admits a text of some characters, by walking its automaton."""

from __future__ import annotations

from msgc.runtime.checks import LINEAR
from msgc.runtime.expressions import parse
from msgc.runtime.linear import Automaton, State

MOST_STATES = 2000
"""States that are looked at; an expression with more of them admits something, most likely."""


def admits(pattern: str, alphabet: str, longest: int) -> bool:
    """Whether a pattern of the runtime is found in a text of 1 to `longest` of these characters.

    Told to be so where it can't be said: with lookarounds, references to groups, too many states.
    """
    try:
        automaton = Automaton(parse(pattern.removeprefix(LINEAR)), is_whole=True)
    except (TypeError, ValueError):  # a reference to a group, which no automaton has
        return True
    if automaton.has_looks:
        return True
    reached = [automaton.start]
    seen = {id(automaton.start): automaton.start}  # a state is a dictionary, which has no hash
    for _ in range(longest):
        following: dict[int, State] = {}
        for state in reached:
            for one in alphabet:
                after = state[one]
                if id(after) not in seen:
                    following[id(after)] = after
        if any(state[""].hit for state in following.values()):
            return True
        seen |= following
        if not following or len(seen) > MOST_STATES:
            return bool(following)
        reached = [*following.values()]
    return False
