"""The size of a pattern: its alternatives, keys and combinations, and what is too much of them.

These are for patterns whose grammar is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.patterns import codes
from msgc.patterns.dialect import Dialect
from msgc.patterns.grammar.problem import Problem

_MANY = 10**9


def size_problems(pattern: dict[str, Any], dialect: Dialect) -> Iterator[Problem]:
    """Yield what is too much of a pattern whose grammar is right."""
    count = 1 if dialect.or_is_a_field else alternatives(pattern)
    if dialect.alternatives is not None and count > dialect.alternatives:
        yield Problem(
            code=codes.TOO_MANY_COMBINATIONS,
            path=(),
            message=f"its `$or`s make {_count(count)} alternatives, {dialect.name} takes "
            f"{dialect.alternatives}",
            help="use fewer `$or`s, or several subscriptions",
        )
    elif dialect.fields is not None and widest(pattern) > dialect.fields:
        yield Problem(
            code=codes.TOO_MANY_KEYS,
            path=(),
            message=f"{widest(pattern)} fields, {dialect.name} takes {dialect.fields}",
            reason=f"Size of rule exceeds max value of {dialect.fields}",
            help="use several subscriptions",
        )
    if dialect.combinations is not None:
        count = combinations(pattern)
        if count > dialect.combinations:
            yield Problem(
                code=codes.TOO_MANY_COMBINATIONS,
                path=(),
                message=f"{_count(count)} combinations of values, {dialect.name} takes "
                f"{dialect.combinations}",
                reason="Filter policy is too complex",
                help="use fewer values, or a `prefix`; or a bus, whose patterns have no such limit",
            )
    if dialect.keys is not None:
        top, fields = top_keys(pattern), field_names(pattern)
        help_ = "use a bus, whose patterns have no such limit"
        if len(top) > dialect.keys:
            yield Problem(
                code=codes.TOO_MANY_KEYS,
                path=(),
                message=f"{len(top)} keys, {dialect.name} takes {dialect.keys}",
                reason=f"Filter policy can not have more than {dialect.keys} keys",
                help=help_,
            )
        elif len(fields) > dialect.keys:
            yield Problem(
                code=codes.MANY_FIELDS,
                path=(),
                message=f"{len(fields)} fields, {dialect.name} may take {dialect.keys} only",
                help=help_,
            )


def _count(count: int) -> str:
    """Tell a number that may have thousands of digits."""
    return str(count) if count < _MANY else "more than a billion"


def alternatives(pattern: dict[str, Any]) -> int:
    """Return into how many alternatives the `$or`s of a pattern unfold."""
    count = 1
    for key, value in pattern.items():
        if key == "$or" and isinstance(value, list):
            count *= sum(alternatives(branch) for branch in value)
        elif isinstance(value, dict):
            count *= alternatives(value)
    return count


def widest(pattern: dict[str, Any]) -> int:
    """Return how many fields the alternative with the most of them looks at."""
    count = 0
    for key, value in pattern.items():
        if isinstance(value, dict):
            count += widest(value)
        elif key == "$or" and all(isinstance(branch, dict) for branch in value):
            count += max(map(widest, value))
        else:
            count += 1
    return count


def combinations(policy: dict[str, Any], depth: int = 1) -> int:
    """Return the complexity of an SNS filter policy: values times depth, `$or`s added up.

    In a policy about attributes all fields have depth 1.
    """
    count = 1
    for key, value in policy.items():
        if key == "$or" and isinstance(value, list):
            count *= sum(combinations(branch, depth) for branch in value)
        elif isinstance(value, dict):
            count *= combinations(value, depth + 1)
        else:
            count *= len(value) * depth
    return count


def top_keys(policy: dict[str, Any]) -> tuple[str, ...]:
    """Return the keys at the top, those in its `$or`s included, each once."""
    found: dict[str, None] = {}
    for key, value in policy.items():
        if key == "$or" and isinstance(value, list):
            found.update(dict.fromkeys(k for branch in value for k in top_keys(branch)))
        else:
            found[key] = None
    return tuple(found)


def field_names(pattern: dict[str, Any]) -> tuple[str, ...]:
    """Return the dotted names of all fields that a pattern looks at, each once."""
    return tuple(dict.fromkeys(_fields(pattern, "")))


def _fields(pattern: dict[str, Any], prefix: str) -> Iterator[str]:
    for key, value in pattern.items():
        if key == "$or" and isinstance(value, list):
            for branch in value:
                yield from _fields(branch, prefix)
        elif isinstance(value, dict):
            yield from _fields(value, f"{prefix}{key}.")
        else:
            yield prefix + key
