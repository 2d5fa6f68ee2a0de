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

from .clauses import Clause, Leaves, Way, stops_at


def matches(pattern: dict[str, Any], event: object) -> bool:
    """Whether an event matches an event pattern, or a body a filter policy about it.

    Only a JSON object can match. Raises `ValueError` for what isn't a pattern at all;
    the finer points of its grammar are the business of `msgc validate`.
    """
    return Pattern(pattern).matches(event)


class Pattern:
    """An event pattern or a filter policy, compiled."""

    __slots__ = ("_cheapest_first", "_keys", "alternatives", "names")

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
        self._cheapest_first = tuple(
            (clauses, sorted(clauses, key=lambda clause: clause.name.count(".")))
            for clauses in self.alternatives
        )
        self.names = {name for alternative in found for name in alternative}
        self._keys: dict[str | None, list[tuple[str, str]]] = {}

    def matches(self, event: object) -> bool:
        """Whether an event matches; only a JSON object can."""
        if not isinstance(event, dict):
            return False
        leaves: Leaves | None = None
        for clauses, cheapest_first in self._cheapest_first:
            certain = True
            for clause in cheapest_first:
                holds = clause.holds(event)
                if holds is None:
                    certain = False
                elif not holds:
                    break
            else:
                if certain:
                    return True
                leaves = self.leaves(event) if leaves is None else leaves
                if stops_at(clauses, leaves) is None:
                    return True
        return False

    def leaves(self, event: dict[str, Any]) -> Leaves:
        """Collect the leaves that have a name of the pattern's.

        Empty objects and arrays have no leaves. No recursion: events may be a thousand
        levels deep.
        """
        if not self._keys:  # few patterns come here
            self._keys = _keys(self.names)
        names, keys = self.names, self._keys
        found: Leaves = {}
        todo: list[tuple[str | None, Any, Way]] = [(None, event, None)]
        arrays = 0
        while todo:
            name, value, way = todo.pop()
            if isinstance(value, dict):
                for key, path in keys.get(name, ()):
                    if key in value:
                        todo.append((path, value[key], way))
            elif isinstance(value, list):
                arrays += 1
                for i, child in enumerate(value):
                    # Scalars of one array go together: only objects are kept apart.
                    apart = isinstance(child, dict | list)
                    todo.append((name, child, (way, arrays, i) if apart else way))
            elif name in names:
                found.setdefault(name, []).append((value, way))
        return found


def _keys(names: set[str]) -> dict[str | None, list[tuple[str, str]]]:
    """Return what to look for in objects, by their names; None is the event itself.

    A key has a dot in it or more than one, as a name may go on in one key. An empty key
    at the end of all names doesn't lead event-ruler to look into one.
    """
    nameless = any(not name or "" in name.rstrip(".").split(".")[:-1] for name in names)
    found: dict[str | None, dict[str, str]] = {}
    for name in sorted(names):
        dots = [dot.start() for dot in re.finditer(r"\.", name)]
        for start in (-1, *dots):
            around = None if start < 0 else name[:start]
            for end in (*dots, len(name)):
                if end > start and (end > start + 1 or nameless):
                    found.setdefault(around, {})[name[start + 1 : end]] = name[:end]
    return {around: list(keys.items()) for around, keys in found.items()}


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
