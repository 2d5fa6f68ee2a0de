"""What an alternative of a pattern asks of an event's leaves, and where it stops.

An alternative matches if every clause finds a leaf, and no two of these leaves lie in
different elements of one array.
"""

# What is taken out of JSON has no type; it is looked at before it is used.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .addresses import address_of
from .matchers import Test, test_of

Elements = dict[int, int]
"""Which element of which array: the arrays of an event are numbered."""
Way = tuple[Any, int, int] | None
"""The same of a leaf, the innermost first: what is around it, array, element."""
Leaf = tuple[Any, Way]
Leaves = dict[str, list[Leaf]]


_Route = tuple[tuple[str, "_Route | None"], ...]
"""The keys by which an object may lead to a name, each with the way from there."""
_PARTS = (dict, list)
_LONGEST_ROUTE = 12
"""Keys; of longer names all the ways together would be too many."""


class Clause:
    """What an alternative asks of the leaves of one name."""

    __slots__ = ("_route", "_tests", "_texts", "absent", "matchers", "name", "path")

    def __init__(
        self, name: str, matchers: list[Any], path: tuple[str | int, ...]
    ) -> None:
        """Compile the matchers of a list."""
        self.name = name
        self.matchers = matchers
        self.path = path
        """Where the list stands in the pattern."""
        self.absent = False
        """Whether no leaf will do, too: `exists: false`."""
        self._texts: set[str] = set()
        tests: list[Test] = []
        for matcher in matchers:
            if isinstance(matcher, str) and address_of(matcher) is None:
                self._texts.add(matcher)
            elif isinstance(matcher, dict) and matcher.get("exists") is False:
                self.absent = True
            else:
                tests.append(test_of(matcher))
        self._tests = tuple(tests)
        self._route: _Route | None = ()
        """None: there is none; empty: not worked out yet, as few clauses are matched."""

    def accepts(self, value: Any) -> bool:
        """Whether one of the matchers accepts a leaf."""
        if isinstance(value, str) and value in self._texts:
            return True
        for test in self._tests:
            if test(value):
                return True
        return False

    def holds(self, event: dict[str, Any]) -> bool | None:
        """Whether it does in an event; None if that depends on the elements of arrays."""
        route = self._route
        if not route:
            route = self._route = None if route is None else _route_to(self.name)
            if route is None:
                return None
        if len(route) == 1:
            value = event.get(self.name, event)
            if not isinstance(value, _PARTS):
                return self.accepts(value)
        found: list[Any] = []
        if not _follow(route, event, found):
            return None
        for value in found:
            if self.accepts(value):
                return True
        return self.absent and not found


def _route_to(name: str) -> _Route | None:
    """Return the ways to a name: `a.b` is `b` in `a`, or a key that has the dot in it."""
    keys = name.split(".")
    if "" in keys or len(keys) > _LONGEST_ROUTE:
        return None
    routes: list[_Route | None] = [None]  # from the end: at the name itself
    for start in reversed(range(len(keys))):
        ends = range(start + 1, len(keys) + 1)
        routes.append(
            tuple((".".join(keys[start:end]), routes[-(end - start)]) for end in ends)
        )
    return routes[-1]


def _follow(route: _Route, value: dict[str, Any], found: list[Any]) -> bool:
    """Collect the leaves at the end of a route; not if an array keeps some of them apart."""
    for key, further in route:
        if key not in value:
            continue
        child = value[key]
        if isinstance(child, dict):
            if further is not None and not _follow(further, child, found):
                return False
        elif isinstance(child, list):
            if any(isinstance(item, _PARTS) for item in child):
                return False
            if further is None:
                found += child
        elif further is None:
            found.append(child)
    return True


def stops_at(clauses: Sequence[Clause], leaves: Leaves) -> Clause | None:
    """Return the clause at which an alternative fails; None: it matches.

    Every clause has to find a leaf, and all of these leaves to agree on the elements of
    arrays. `exists: false` only counts leaves in the elements that the clauses before
    it have led to.
    """
    fitting: list[list[Way]] = []
    apart = any(way for here in leaves.values() for _, way in here)
    for clause in clauses:
        here = leaves.get(clause.name, ())
        fits = [way for value, way in here if clause.accepts(value)]
        if not fits and not (clause.absent and (apart or not here)):
            return clause
        fitting.append(fits)
    return _stops_apart(clauses, fitting, leaves) if apart else None


def _stops_apart(
    clauses: Sequence[Clause], fitting: list[list[Way]], leaves: Leaves
) -> Clause | None:
    """Do the same where arrays keep leaves apart: follow all elements at once.

    What is remembered of the way are the arrays that later clauses have leaves in.
    """
    here = [[_elements(way) for _, way in leaves.get(c.name, ())] for c in clauses]
    needed: list[set[int]] = [set()]
    for ways in reversed(here):
        needed.append(needed[-1].union(*ways))
    needed.reverse()
    reached: list[Elements] = [{}]
    for i, (clause, later) in enumerate(zip(clauses, needed[1:], strict=True)):
        further: dict[frozenset[tuple[int, int]], Elements] = {}
        there = _Index(here[i])
        fit = _Index([_elements(way) for way in fitting[i]])
        for so_far in reached:
            if clause.absent and next(there.consistent(so_far), None) is None:
                _remember(so_far, later, further)
            for elements in fit.consistent(so_far):
                _remember({**so_far, **elements}, later, further)
        if not further:
            return clause
        reached = list(further.values())
    return None


def _elements(way: Way) -> Elements:
    found: Elements = {}
    while way is not None:
        way, array, element = way
        found[array] = element
    return found


def _remember(
    way: Elements, later: set[int], into: dict[frozenset[tuple[int, int]], Elements]
) -> None:
    kept = {array: element for array, element in way.items() if array in later}
    into[frozenset(kept.items())] = kept


class _Index:
    """Elements of leaves, found by the outermost array without a look at all."""

    __slots__ = ("_by_array", "_free")

    def __init__(self, ways: list[Elements]) -> None:
        self._free: list[Elements] = [way for way in ways if not way]
        self._by_array: dict[int, dict[int, list[Elements]]] = {}
        for way in ways:
            if way:
                array = min(way)  # arrays are numbered from outside
                by_element = self._by_array.setdefault(array, {})
                by_element.setdefault(way[array], []).append(way)

    def consistent(self, so_far: Elements) -> Iterator[Elements]:
        """Yield those that lie in no other element of an array than what was passed."""
        yield from self._free[:1]
        for array, by_element in self._by_array.items():
            if array in so_far:
                groups = [by_element.get(so_far[array], [])]
            else:
                groups = list(by_element.values())
            for way in (way for group in groups for way in group):
                if all(so_far.get(a, i) == i for a, i in way.items()):
                    yield way
