"""Whether a regular expression admits a text of some characters, by walking its automaton."""

from __future__ import annotations

from msgc.runtime.codec.patterns.engines import LINEAR
from msgc.runtime.codec.patterns.linear import Automaton, State
from msgc.runtime.codec.patterns.parser import (
    Characters,
    Either,
    Look,
    Node,
    Repeat,
    Sequence,
    parse,
)

MOST_STATES = 2000
"""States that are looked at; an expression with more of them admits something, most likely."""


def admits(pattern: str, alphabet: str, longest: int) -> bool:
    """Whether a pattern of the runtime is found in a text of 1 to `longest` of these characters.

    Told to be so where it can't be said: of what lookarounds, references to groups and more states
    than are looked at leave.
    """
    try:
        node = parse(pattern.removeprefix(LINEAR))
        least = _least(node, sorted(map(ord, alphabet)))
        if least is None or least > longest:
            return False
        automaton = Automaton(node, is_whole=True)
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


def _least(node: Node, alphabet: list[int]) -> int | None:
    """Return how many of these characters a part takes at least; None: it takes others.

    This is told at once, of lookarounds too; places in the text are left to the automaton.
    """
    match node:
        case Characters(ranges=ranges):
            return (
                1 if any(low <= one <= high for low, high in ranges for one in alphabet) else None
            )
        case Sequence(parts=parts):
            widths = [_least(part, alphabet) for part in parts]
            known = [width for width in widths if width is not None]
            return sum(known) if len(known) == len(widths) else None
        case Either(options=options):
            widths = [_least(option, alphabet) for option in options]
            return min((width for width in widths if width is not None), default=None)
        case Repeat(body=body, least=times):
            width = _least(body, alphabet) if times else 0
            return None if width is None else width * times
        case Look(body=body, negative=False):
            return None if _least(body, alphabet) is None else 0
        case _:
            return 0
