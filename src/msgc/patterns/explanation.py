"""Why an event matches a pattern, or doesn't: the clause that decides, and what it saw."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from msgc.patterns.grammar.problem import Path
from msgc.record import Record
from msgc.runtime.matching.clauses import Clause, Leaves, stops_at
from msgc.runtime.matching.matching import Pattern

_LONGEST = 60
_VALUES = 3
"""How many values of one field are told."""


class Explanation(Record):
    """What decided about an event.

    Of a pattern with `$or`, that is the first alternative that matches, or else the one that
    came furthest; `alternatives` has all that were looked at.
    """

    matched: bool
    path: Path
    """Where the list of values stands in the pattern that decided; the top, if all of it did."""
    field: str
    """The dotted name of the field that it looks at, or none."""
    reason: str
    alternatives: tuple[Explanation, ...] = ()

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


def explain(pattern: Pattern, event: Any) -> Explanation:
    """Return why an event matches a pattern, or doesn't."""
    if not isinstance(event, dict):
        return decided(matched=False, reason="only a JSON object can match")
    leaves = pattern.leaves(event)
    found: list[Explanation] = []
    best = furthest = -1
    for i, clauses in enumerate(pattern.alternatives):
        stop = stops_at(clauses, leaves)
        if stop is None:
            found.append(_matched(clauses, leaves))
            best = i
            break
        found.append(_stopped(stop, leaves, event))
        if clauses.index(stop) > furthest:
            best, furthest = i, clauses.index(stop)
    alone = len(pattern.alternatives) == 1
    return found[best].replace(alternatives=() if alone else tuple(found))


def explain_clauses(pattern: Pattern, clauses: Sequence[Clause], event: Any) -> Explanation | None:
    """Return why some clauses of one alternative fail together; None: they hold."""
    if not isinstance(event, dict):
        return decided(matched=False, reason="only a JSON object can match")
    leaves = pattern.leaves(event)
    stop = stops_at(clauses, leaves)
    return None if stop is None else _stopped(stop, leaves, event)


def decided(*, matched: bool, reason: str) -> Explanation:
    """Return what no clause decided, but the pattern or the event as a whole."""
    return Explanation(matched=matched, path=(), field="", reason=reason)


def _matched(clauses: tuple[Clause, ...], leaves: Leaves) -> Explanation:
    """Tell what every clause accepted; the last one made it a match."""
    told = []
    for clause in clauses:
        seen = [value for value, _ in leaves.get(clause.name, ()) if clause.accepts(value)]
        told.append(f"`{clause.name}` {f'is {_values(seen)}' if seen else 'is absent'}")
    path = clauses[0].path if len(clauses) == 1 else _branch(clauses)
    field = clauses[0].name if len(clauses) == 1 else ""
    return Explanation(matched=True, path=path, field=field, reason=", ".join(told))


def _branch(clauses: tuple[Clause, ...]) -> Path:
    """Return the deepest branch of an `$or` that an alternative took, or the top."""
    deepest: Path = ()
    for clause in clauses:
        for i in range(len(clause.path), len(deepest), -1):
            if isinstance(clause.path[i - 1], int):
                deepest = clause.path[:i]
                break
    return deepest


def _stopped(clause: Clause, leaves: Leaves, event: dict[str, Any]) -> Explanation:
    name = f"`{clause.name}`"
    seen = [value for value, _ in leaves.get(clause.name, ())]
    if any(map(clause.accepts, seen)):
        why = f"{name} matches, but in another element of a list than the fields before it"
    elif not seen:
        why = f"{name} {_instead(event, clause.name)}"
    elif clause.absent and len(clause.matchers) == 1:
        why = f"{name} is there: it is {_values(seen)}"
    else:
        why = f"{name} is {_values(seen)}, none of {_short(clause.matchers)}"
    return Explanation(matched=False, path=clause.path, field=clause.name, reason=why)


def _instead(value: Any, name: str) -> str:
    """Say what is at a path that has no leaf."""
    while isinstance(value, dict):
        if name in value:
            value = value[name]
            return "is an object" if isinstance(value, dict) else "is an empty list"
        keys = [key for key in value if name.startswith(f"{key}.")]
        if not keys:
            return "isn't there"
        name = name[len(keys[0]) + 1 :]
        value = value[keys[0]]
    return "isn't there"


def _values(values: list[Any]) -> str:
    shown = " and ".join(_short(value) for value in values[:_VALUES])
    return f"{shown} and {len(values) - _VALUES} more" if len(values) > _VALUES else shown


def _short(value: Any) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):  # an integer of thousands of digits
        text = "a huge number"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
