"""Whether a message matches: EventBridge's event patterns and SNS's filter policies.

The answers are those of AWS's event-ruler, which both services use. A pattern is
unfolded into alternatives, each a map from the dotted name of a field to its matchers;
`$or` makes alternatives, and a name that is given again replaces what was there. An
event is its leaves, each with its name and its place in the arrays around it. An
alternative matches if every name finds a leaf, and no two of these leaves lie in
different elements of one array.
"""

# What is taken out of JSON has no type; it is looked at before it is used.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Literal

Scope = Literal["MessageAttributes", "MessageBody"]

_Alternative = dict[str, list[Any]]
_Elements = dict[int, int]
"""Which element of which array: the arrays of an event are numbered."""
_Leaf = tuple[Any, _Elements]


def matches(pattern: dict[str, Any], event: object) -> bool:
    """Whether an event matches an event pattern, or a body a filter policy about it.

    Only a JSON object can match. Raises `ValueError` for what isn't a pattern at all;
    the finer points of its grammar are the business of `msgc validate`.
    """
    alternatives = _alternatives(pattern)
    if not isinstance(event, dict):
        return False
    leaves = _leaves(
        event, {name for alternative in alternatives for name in alternative}
    )
    return any(_found(alternative, leaves) for alternative in alternatives)


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
        kind, text = attribute["DataType"], attribute.get("StringValue", "")
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


def _alternatives(pattern: dict[str, Any]) -> list[_Alternative]:
    found: list[_Alternative] = [{}]
    _unfold(pattern, "", found)
    return found


def _unfold(pattern: dict[str, Any], prefix: str, found: list[_Alternative]) -> None:
    """Add what a part of a pattern asks for to every alternative, in written order."""
    if not isinstance(pattern, dict) or not pattern:
        message = "a pattern and all parts of it are objects that aren't empty"
        raise ValueError(message)
    for key, value in pattern.items():
        if key == "$or" and isinstance(value, list):
            before = list(found)
            found.clear()
            for branch in value:
                forked = [dict(alternative) for alternative in before]
                _unfold(branch, prefix, forked)
                found += forked
        elif isinstance(value, list):
            for alternative in found:
                alternative[prefix + key] = value
        else:
            _unfold(value, f"{prefix}{key}.", found)


# --- events -------------------------------------------------------------------------


def _leaves(event: dict[str, Any], names: set[str]) -> dict[str, list[_Leaf]]:
    """Collect the leaves that have one of these names.

    Empty objects and arrays have no leaves. No recursion: events may be a thousand
    levels deep.
    """
    ways = {name[: dot.start()] for name in names for dot in re.finditer(r"\.", name)}
    found: dict[str, list[_Leaf]] = {}
    todo: list[tuple[str, Any, _Elements]] = [("", event, {})]
    arrays = 0
    while todo:
        name, value, elements = todo.pop()
        if isinstance(value, dict):
            prefix = "" if value is event else f"{name}."
            for key, child in value.items():
                path = prefix + key
                if path in names or path in ways:
                    todo.append((path, child, elements))
        elif isinstance(value, list):
            arrays += 1
            for i, child in enumerate(value):
                # Scalars of one array go together: only objects are kept apart.
                apart = isinstance(child, dict | list)
                todo.append(
                    (name, child, {**elements, arrays: i} if apart else elements)
                )
        elif name in names:
            found.setdefault(name, []).append((value, elements))
    return found


def _found(alternative: _Alternative, leaves: dict[str, list[_Leaf]]) -> bool:
    """Whether every name finds a leaf, and all of these agree on the arrays' elements.

    In the order of the names, as event-ruler goes: `exists: false` only counts leaves
    in the elements that the names before it have led to.
    """
    reached: list[_Elements] = [{}]
    for name in sorted(alternative):
        matchers = alternative[name]
        here = leaves.get(name, ())
        absent = any(isinstance(m, dict) and m.get("exists") is False for m in matchers)
        fitting = [e for value, e in here if any(_accepts(m, value) for m in matchers)]
        further: dict[frozenset[tuple[int, int]], _Elements] = {}
        for so_far in reached:
            if absent and not any(
                _consistent(so_far, elements) for _, elements in here
            ):
                further[frozenset(so_far.items())] = so_far
            for elements in fitting:
                if _consistent(so_far, elements):
                    both = so_far | elements
                    further[frozenset(both.items())] = both
        reached = list(further.values())
    return bool(reached)


def _consistent(one: _Elements, other: _Elements) -> bool:
    return all(one.get(array, i) == i for array, i in other.items())


# --- matchers -----------------------------------------------------------------------


def _accepts(matcher: Any, value: Any) -> bool:
    """Whether one matcher of a list accepts a leaf."""
    if not isinstance(matcher, dict):
        return _equals(matcher, value)
    if len(matcher) != 1:
        message = f"a matcher has one operator: {matcher!r}"
        raise ValueError(message)
    operator, operand = next(iter(matcher.items()))
    if operator == "exists":
        return operand is True  # false is about leaves that aren't there
    if operator == "anything-but":
        return not any(_accepts(excluded, value) for excluded in _excluded(operand))
    if operator == "numeric":
        return _compares(operand, value)
    test = _TEXT.get(operator)
    if test is None:
        message = f"unknown operator: {operator!r}"
        raise ValueError(message)
    return isinstance(value, str) and test(operand, value)


def _equals(wanted: Any, value: Any) -> bool:
    """Whether two JSON scalars are one: 300 is 3.0e2; "300" and true are no numbers."""
    if isinstance(wanted, str) and isinstance(value, str):
        return wanted == value or _same_address(wanted, value)
    if _is_number(wanted) and _is_number(value):
        return bool(wanted == value)
    return wanted is value  # true, false, null


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


def _compares(operand: list[Any], value: Any) -> bool:
    if not _is_number(value):
        return False
    pairs = zip(operand[::2], operand[1::2], strict=True)
    return all(_COMPARISONS[operator](value, bound) for operator, bound in pairs)


def _starts(operand: Any, text: str) -> bool:
    if isinstance(operand, dict):
        return _folded(operand["equals-ignore-case"]).match(text) is not None
    return text.startswith(operand)


def _ends(operand: Any, text: str) -> bool:
    if isinstance(operand, dict):
        folded = _folded(operand["equals-ignore-case"])
        return any(folded.fullmatch(text, start) for start in range(len(text) + 1))
    return text.endswith(operand)


def _equals_ignoring_case(operand: str, text: str) -> bool:
    return _folded(operand).fullmatch(text) is not None


@lru_cache(maxsize=256)
def _folded(text: str) -> re.Pattern[str]:
    """Return an expression for a text in any case, character by character."""
    forms = (
        "|".join(map(re.escape, {c: None, c.lower(): None, c.upper(): None}))
        for c in text
    )
    return re.compile("".join(f"(?:{form})" for form in forms))


def _matches_wildcard(operand: str, text: str) -> bool:
    r"""Whether a text is the operand with something for each `*`; `\*` is literal."""
    first, *rest = _literals(operand)
    if not rest:
        return text == first
    *middle, last = rest
    start, end = len(first), len(text) - len(last)
    if start > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for literal in middle:
        start = text.find(literal, start, end)
        if start < 0:
            return False
        start += len(literal)
    return True


def _literals(operand: str) -> list[str]:
    parts = [""]
    for piece in re.findall(r"\\[*\\]|.", operand, re.DOTALL):
        if piece == "*":
            parts.append("")
        else:
            parts[-1] += piece[-1]
    return parts


def _in_network(operand: str, text: str) -> bool:
    address = _address(text)
    if address is None:
        return False
    from ipaddress import ip_network  # 5 ms that few patterns need

    network = ip_network(operand, strict=False)
    return address.version == network.version and address in network


def _same_address(wanted: str, text: str) -> bool:
    address = _address(wanted)
    return address is not None and address == _address(text)


_ADDRESS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*"


@lru_cache(maxsize=256)
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


_TEXT: dict[str, Callable[[Any, str], bool]] = {
    "prefix": _starts,
    "suffix": _ends,
    "equals-ignore-case": _equals_ignoring_case,
    "wildcard": _matches_wildcard,
    "cidr": _in_network,
}
