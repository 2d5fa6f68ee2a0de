"""Whether a message matches: EventBridge's event patterns, and filters of their kind.

The answers are those of AWS's event-ruler, which the services use. A pattern is
unfolded into alternatives, each a clause for every dotted name that it looks at; `$or`
makes alternatives, and a name that is given again replaces what was there. An event is
its leaves, each with its name and its place in the arrays around it.
"""

# What is taken out of JSON has no type; it is looked at before it is used.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

import re
from typing import Any

from .clauses import Clause, Elements, Leaves, stops_at

_Way = tuple[Any, int, int] | None
"""The arrays around a value, the innermost first: what is around it, array, element."""


def matches(pattern: dict[str, Any], event: object) -> bool:
    """Whether an event matches an event pattern, or a body a filter policy about it.

    Only a JSON object can match. Raises `ValueError` for what isn't a pattern at all;
    the finer points of its grammar are the business of `msgc validate`.
    """
    return Pattern(pattern).matches(event)


class Pattern:
    """An event pattern or a filter policy, compiled."""

    __slots__ = ("_nameless", "_names", "_plain", "_ways", "alternatives")

    def __init__(self, pattern: dict[str, Any], *, or_is_a_field: bool = False) -> None:
        """Unfold it; raises `ValueError` for what isn't a pattern at all.

        In patterns that are older than `$or`, that is the name of a field.
        """
        found: list[dict[str, Clause]] = [{}]
        _unfold(pattern, None, (), found, relation=None if or_is_a_field else "$or")
        self.alternatives = tuple(
            tuple(alternative[name] for name in sorted(alternative))
            for alternative in found
        )
        """Each with its clauses in the order of their names, as event-ruler goes."""
        # Most events are done with by a look at their source and their type.
        self._plain = tuple(
            tuple(c for c in clauses if "." not in c.name and not c.absent)
            for clauses in self.alternatives
        )
        self._names = {name for alternative in found for name in alternative}
        self._ways = {
            name[: dot.start()]
            for name in self._names
            for dot in re.finditer(r"\.", name)
        }
        # An empty key at the end of a name doesn't lead event-ruler to look into one.
        self._nameless = any(
            not name or "" in name.rstrip(".").split(".")[:-1] for name in self._names
        )

    def matches(self, event: object) -> bool:
        """Whether an event matches; only a JSON object can."""
        if not isinstance(event, dict):
            return False
        possible = [
            clauses
            for clauses, plain in zip(self.alternatives, self._plain, strict=True)
            if not any(_fails_at_the_top(clause, event) for clause in plain)
        ]
        if not possible:
            return False
        leaves = self.leaves(event)
        return any(stops_at(clauses, leaves) is None for clauses in possible)

    def leaves(self, event: dict[str, Any]) -> Leaves:
        """Collect the leaves that have a name of the pattern's.

        Empty objects and arrays have no leaves. No recursion: events may be a thousand
        levels deep.
        """
        names, ways = self._names, self._ways
        found: Leaves = {}
        todo: list[tuple[str, Any, _Way]] = [("", event, None)]
        arrays = 0
        while todo:
            name, value, way = todo.pop()
            if isinstance(value, dict):
                prefix = "" if value is event else f"{name}."
                for key, child in value.items():
                    path = prefix + key
                    if (path in names or path in ways) and (key or self._nameless):
                        todo.append((path, child, way))
            elif isinstance(value, list):
                arrays += 1
                for i, child in enumerate(value):
                    # Scalars of one array go together: only objects are kept apart.
                    apart = isinstance(child, dict | list)
                    todo.append((name, child, (way, arrays, i) if apart else way))
            elif name in names:
                found.setdefault(name, []).append((value, _elements(way)))
        return found


def _fails_at_the_top(clause: Clause, event: dict[str, Any]) -> bool:
    """Whether a field that can only stand at the top is certainly not as asked."""
    if clause.name not in event:
        return True
    value = event[clause.name]
    return not isinstance(value, list) and (
        isinstance(value, dict) or not clause.accepts(value)
    )


def _elements(way: _Way) -> Elements:
    found: Elements = {}
    while way is not None:
        way, array, element = way
        found[array] = element
    return found


def _unfold(
    pattern: dict[str, Any],
    around: str | None,
    path: tuple[str | int, ...],
    found: list[dict[str, Clause]],
    *,
    relation: str | None,
) -> None:
    """Add what a part of a pattern asks for to every alternative, in written order."""
    if not isinstance(pattern, dict) or not pattern:
        message = "a pattern and all parts of it are objects that aren't empty"
        raise ValueError(message)
    for key, value in pattern.items():
        here = (*path, key)
        if key == relation and isinstance(value, list):
            before = list(found)
            found.clear()
            for i, branch in enumerate(value):
                forked = [dict(alternative) for alternative in before]
                _unfold(branch, around, (*here, i), forked, relation=relation)
                found += forked
        elif isinstance(value, list):
            clause = Clause(f"{around}.{key}" if around else key, value, here)
            for alternative in found:
                alternative[clause.name] = clause
        else:
            name = key if around is None else f"{around}.{key}"
            _unfold(value, name, here, found, relation=relation)
