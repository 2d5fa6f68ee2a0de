"""Whether a message matches: EventBridge's event patterns and SNS's filter policies.

The answers are those of AWS's event-ruler, which both services use. A pattern is
unfolded into alternatives, each a clause for every dotted name that it looks at; `$or`
makes alternatives, and a name that is given again replaces what was there. An event is
its leaves, each with its name and its place in the arrays around it. An alternative
matches if every clause finds a leaf, and no two of these leaves lie in different
elements of one array.
"""

# What is taken out of JSON has no type; it is looked at before it is used.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

Scope = Literal["MessageAttributes", "MessageBody"]

Elements = dict[int, int]
"""Which element of which array: the arrays of an event are numbered."""
Leaf = tuple[Any, Elements]
Leaves = dict[str, list[Leaf]]
_Test = Callable[[Any], bool]
_Way = tuple[Any, int, int] | None
"""The arrays around a value, the innermost first: what is around it, array, element."""


def matches(pattern: dict[str, Any], event: object) -> bool:
    """Whether an event matches an event pattern, or a body a filter policy about it.

    Only a JSON object can match. Raises `ValueError` for what isn't a pattern at all;
    the finer points of its grammar are the business of `msgc validate`.
    """
    return Pattern(pattern).matches(event)


def matches_policy(
    policy: dict[str, Any] | None,
    scope: Scope,
    *,
    body: str,
    attributes: dict[str, dict[str, Any]] | None = None,
) -> bool:
    """Whether SNS delivers a message to a subscription with this filter policy.

    `attributes` are as boto3's `publish` takes them. No policy, or an empty one, lets
    everything pass.
    """
    if not policy:
        return True
    if scope == "MessageAttributes":
        return matches(policy, attribute_values(attributes or {}))
    return matches(policy, _read(body))


def attribute_values(attributes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what a filter policy sees of message attributes, a flat object.

    Of Binary ones it sees nothing, nor of a Number or a String.Array that is none.
    """
    values: dict[str, Any] = {}
    for name, attribute in attributes.items():
        kind, text = attribute.get("DataType"), attribute.get("StringValue")
        if not isinstance(kind, str) or not isinstance(text, str):
            continue
        if kind == "String.Array":
            values[name] = read if isinstance(read := _read(text), list) else []
        elif kind.partition(".")[0] == "Number":
            values[name] = read if _is_number(read := _read(text)) else []
        elif kind.partition(".")[0] == "String":
            values[name] = text
    return values


def _read(text: str) -> Any:
    """Return the JSON value of a text; None, which matches nothing, if it has none."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> None:
    message = f"{constant} is no JSON"
    raise ValueError(message)


# --- patterns -----------------------------------------------------------------------


class Clause:
    """What an alternative asks of the leaves of one name."""

    __slots__ = ("_tests", "_texts", "absent", "matchers", "name", "path")

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
        tests: list[_Test] = []
        for matcher in matchers:
            if isinstance(matcher, str) and _address(matcher) is None:
                self._texts.add(matcher)
            elif isinstance(matcher, dict) and matcher.get("exists") is False:
                self.absent = True
            else:
                tests.append(_test(matcher))
        self._tests = tuple(tests)

    def accepts(self, value: Any) -> bool:
        """Whether one of the matchers accepts a leaf."""
        if isinstance(value, str) and value in self._texts:
            return True
        return any(test(value) for test in self._tests)


class Pattern:
    """An event pattern or a filter policy, compiled."""

    __slots__ = ("_names", "_ways", "alternatives")

    def __init__(self, pattern: dict[str, Any]) -> None:
        """Unfold it; raises `ValueError` for what isn't a pattern at all."""
        found: list[dict[str, Clause]] = [{}]
        _unfold(pattern, "", (), found)
        self.alternatives = tuple(
            tuple(alternative[name] for name in sorted(alternative))
            for alternative in found
        )
        """Each with its clauses in the order of their names, as event-ruler goes."""
        self._names = {name for alternative in found for name in alternative}
        self._ways = {
            name[: dot.start()]
            for name in self._names
            for dot in re.finditer(r"\.", name)
        }

    def matches(self, event: object) -> bool:
        """Whether an event matches; only a JSON object can."""
        if not isinstance(event, dict):
            return False
        leaves = self.leaves(event)
        return any(stops_at(clauses, leaves) is None for clauses in self.alternatives)

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
                    if path in names or path in ways:
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


def _elements(way: _Way) -> Elements:
    found: Elements = {}
    while way is not None:
        way, array, element = way
        found[array] = element
    return found


def _unfold(
    pattern: dict[str, Any],
    prefix: str,
    path: tuple[str | int, ...],
    found: list[dict[str, Clause]],
) -> None:
    """Add what a part of a pattern asks for to every alternative, in written order."""
    if not isinstance(pattern, dict) or not pattern:
        message = "a pattern and all parts of it are objects that aren't empty"
        raise ValueError(message)
    for key, value in pattern.items():
        if key == "$or" and isinstance(value, list):
            before = list(found)
            found.clear()
            for i, branch in enumerate(value):
                forked = [dict(alternative) for alternative in before]
                _unfold(branch, prefix, (*path, key, i), forked)
                found += forked
        elif isinstance(value, list):
            clause = Clause(prefix + key, value, (*path, key))
            for alternative in found:
                alternative[clause.name] = clause
        else:
            _unfold(value, f"{prefix}{key}.", (*path, key), found)


# --- alternatives -------------------------------------------------------------------


def stops_at(clauses: Sequence[Clause], leaves: Leaves) -> Clause | None:
    """Return the clause at which an alternative fails; None: it matches.

    Every clause has to find a leaf, and all of these leaves to agree on the elements of
    arrays. `exists: false` only counts leaves in the elements that the clauses before
    it have led to.
    """
    fitting: list[list[Elements]] = []
    apart = any(elements for here in leaves.values() for _, elements in here)
    for clause in clauses:
        here = leaves.get(clause.name, ())
        fits = [elements for value, elements in here if clause.accepts(value)]
        if not fits and not (clause.absent and (apart or not here)):
            return clause
        fitting.append(fits)
    return _stops_apart(clauses, fitting, leaves) if apart else None


def _stops_apart(
    clauses: Sequence[Clause], fitting: list[list[Elements]], leaves: Leaves
) -> Clause | None:
    """Do the same where arrays keep leaves apart: follow all elements at once.

    What is remembered of the way are the arrays that later clauses have leaves in.
    """
    needed: list[set[int]] = [set()]
    for clause in reversed(clauses):
        arrays = {array for _, way in leaves.get(clause.name, ()) for array in way}
        needed.append(needed[-1] | arrays)
    needed.reverse()
    reached: list[Elements] = [{}]
    for clause, fits, later in zip(clauses, fitting, needed[1:], strict=True):
        further: dict[frozenset[tuple[int, int]], Elements] = {}
        there = _Index([way for _, way in leaves.get(clause.name, ())])
        fit = _Index(fits)
        for so_far in reached:
            if clause.absent and next(there.consistent(so_far), None) is None:
                _remember(so_far, later, further)
            for elements in fit.consistent(so_far):
                _remember({**so_far, **elements}, later, further)
        if not further:
            return clause
        reached = list(further.values())
    return None


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


# --- matchers -----------------------------------------------------------------------


def _test(matcher: Any) -> _Test:
    """Return what tells whether one matcher of a list accepts a leaf."""
    if not isinstance(matcher, dict):
        return _equal_to(matcher)
    if len(matcher) != 1:
        message = f"a matcher has one operator: {matcher!r}"
        raise ValueError(message)
    operator, operand = next(iter(matcher.items()))
    make = _TESTS.get(operator)
    if make is None:
        message = f"unknown operator: {operator!r}"
        raise ValueError(message)
    return make(operand)


def _equal_to(wanted: Any) -> _Test:
    """Test for one JSON scalar: 300 is 3.0e2; "300" and true are no numbers."""
    if isinstance(wanted, str):
        address = _address(wanted)
        return lambda value: (
            isinstance(value, str)
            and (
                value == wanted or (address is not None and address == _address(value))
            )
        )
    if _is_number(wanted):
        return lambda value: _is_number(value) and bool(value == wanted)
    return lambda value: wanted is value  # true, false, null


def _exists(operand: Any) -> _Test:
    return lambda _: operand is True  # false is about leaves that aren't there


def _anything_but(operand: Any) -> _Test:
    excluded = [_test(matcher) for matcher in _excluded(operand)]
    return lambda value: not any(test(value) for test in excluded)


def _excluded(operand: Any) -> Iterator[Any]:
    """Yield the matchers of which `anything-but` lets none match."""
    if isinstance(operand, dict):
        for operator, operands in operand.items():
            for one in operands if isinstance(operands, list) else [operands]:
                yield {operator: one}
    else:
        yield from operand if isinstance(operand, list) else [operand]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, bound: bool(value == bound),
    "<": lambda value, bound: bool(value < bound),
    "<=": lambda value, bound: bool(value <= bound),
    ">": lambda value, bound: bool(value > bound),
    ">=": lambda value, bound: bool(value >= bound),
}


def _numeric(operand: list[Any]) -> _Test:
    pairs = [
        (_COMPARISONS[operator], bound)
        for operator, bound in zip(operand[::2], operand[1::2], strict=True)
    ]
    return lambda value: (
        _is_number(value) and all(compare(value, bound) for compare, bound in pairs)
    )


def _text(test: Callable[[str], object]) -> _Test:
    return lambda value: isinstance(value, str) and bool(test(value))


def _prefix(operand: Any) -> _Test:
    if isinstance(operand, dict):
        return _text(re.compile(_folded(operand["equals-ignore-case"])).match)
    return _text(lambda text: text.startswith(operand))


def _suffix(operand: Any) -> _Test:
    if isinstance(operand, dict):
        folded = _folded(operand["equals-ignore-case"])
        return _text(re.compile(rf"{folded}\Z").search)
    return _text(lambda text: text.endswith(operand))


def _equals_ignore_case(operand: str) -> _Test:
    return _text(re.compile(_folded(operand)).fullmatch)


def _folded(text: str) -> str:
    """Return an expression for a text in any case, character by character."""
    forms = (
        "|".join(map(re.escape, {c: None, c.lower(): None, c.upper(): None}))
        for c in text
    )
    return "".join(f"(?:{form})" for form in forms)


def _wildcard(operand: str) -> _Test:
    r"""Test for the operand with something for each `*`; `\*` is literal."""
    first, *rest = literals(operand)
    if not rest:
        return _text(lambda text: text == first)
    *middle, last = rest

    def matches_wildcard(text: str) -> bool:
        start, end = len(first), len(text) - len(last)
        if start > end or not (text.startswith(first) and text.endswith(last)):
            return False
        for literal in middle:
            start = text.find(literal, start, end)
            if start < 0:
                return False
            start += len(literal)
        return True

    return _text(matches_wildcard)


def literals(operand: str) -> list[str]:
    """Return the texts between the `*` of a wildcard."""
    parts = [""]
    for piece in re.findall(r"\\[*\\]|.", operand, re.DOTALL):
        if piece == "*":
            parts.append("")
        else:
            parts[-1] += piece[-1]
    return parts


def _cidr(operand: str) -> _Test:
    from ipaddress import ip_network  # 5 ms that few patterns need

    network = ip_network(operand, strict=False)

    def within(text: str) -> bool:
        address = _address(text)
        return (
            address is not None
            and address.version == network.version
            and address in network
        )

    return _text(within)


_ADDRESS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*"


def is_address(text: str) -> bool:
    """Whether a text spells an IP address, which has several spellings."""
    return _address(text) is not None


def _address(text: str) -> Any:
    """Return the IP address that a text spells, if any: `::1` is `0:0:0:0:0:0:0:1`."""
    if not re.fullmatch(_ADDRESS, text):
        return None
    from ipaddress import ip_address  # as above

    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


_TESTS: dict[str, Callable[[Any], _Test]] = {
    "exists": _exists,
    "anything-but": _anything_but,
    "numeric": _numeric,
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _equals_ignore_case,
    "wildcard": _wildcard,
    "cidr": _cidr,
}
