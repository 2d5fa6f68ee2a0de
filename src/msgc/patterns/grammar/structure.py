"""The grammar of a pattern as a whole: objects, lists of values, `$or`, and how much of it.

It walks plain JSON, and says where a mistake is by its path.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.patterns import codes
from msgc.patterns.dialect import ALL_OPERATORS, COMPARISONS, Dialect
from msgc.patterns.grammar.event_fields import check_event_field
from msgc.patterns.grammar.operators import check_value
from msgc.patterns.grammar.problem import Path, Problem, shown, written
from msgc.patterns.grammar.replaced_fields import replaced_fields
from msgc.patterns.grammar.size import size_problems
from msgc.patterns.grammar.wildcard_complexity import (
    TOO_COMPLEX,
    is_too_complex,
    points_of,
    wildcards_of,
)

Found = Iterator[Problem]

DEPTH = 100
"""How deep a pattern may go, as in a file."""

RESERVED = frozenset(
    {*ALL_OPERATORS, "exactly", "=", "<", "<=", ">", ">=", "regex", "not-wildcard",
     "not-equals-ignore-case", "date-after", "date-on-or-after", "date-before",
     "date-on-or-before", "in-date-range", "ip-address-in-range", "ip-address-not-in-range"}
)  # fmt: skip
"""Names that a field inside `$or` can't have."""


def problems(pattern: Any, dialect: Dialect) -> list[Problem]:
    """Return everything that AWS would refuse in a pattern, and what would surprise its writer."""
    found = list(_check_object(pattern, (), dialect, top=True, in_or=False))
    if not any(problem.code.severity == "error" for problem in found):
        if not dialect.or_is_a_field:
            found += replaced_fields(pattern)
        found += size_problems(pattern, dialect)
    return found


def _check_object(pattern: Any, path: Path, dialect: Dialect, *, top: bool, in_or: bool) -> Found:
    if not isinstance(pattern, dict) or not pattern:
        empty = isinstance(pattern, dict)
        yield Problem(
            code=codes.EMPTY_PATTERN,
            path=path,
            message="an empty object asks for nothing" if empty else f"{dialect.name} is an object",
            reason="Empty objects are not allowed" if empty else "Filter is not an object",
            help="name a field and its values: `status: [paid]`",
        )
        return
    if len(path) > DEPTH:
        message = f"more than {DEPTH} levels are too deep"
        yield Problem(code=codes.NOT_A_VALUE, path=path, message=message)
        return
    for key, value in pattern.items():
        here = (*path, key)
        if not isinstance(key, str):
            message = f"a field's name is a text, not {shown(key)}"
            yield Problem(code=codes.NOT_A_VALUE, path=here, on_key=True, message=message)
        elif key == "$or" and not dialect.or_is_a_field:
            yield from _check_or(value, here, dialect, top=top)
        elif in_or and key in RESERVED:
            yield Problem(
                code=codes.BAD_OR,
                path=here,
                on_key=True,
                message=f"a field inside `$or` can't be called `{key}`",
                reason=f"{key} is Ruler reserved fieldName which cannot be used inside $or.",
                help="that name belongs to an operator: write it into a list, `field: [{...}]`",
            )
        else:
            if top and dialect.whole_event:
                yield from check_event_field(key, value, here)
            yield from _check_field(key, value, here, dialect, in_or=in_or)


def _check_field(key: str, value: Any, path: Path, dialect: Dialect, *, in_or: bool) -> Found:
    if isinstance(value, dict):
        yield from _check_nested(key, value, path, dialect, in_or=in_or)
    elif not isinstance(value, list):
        yield Problem(
            code=codes.VALUE_NOT_IN_LIST,
            path=path,
            message=f"the values of `{key}` stand in a list",
            reason=f'"{key}" must be an object or an array',
            help=f"write `{key}: [{written(value)}]`",
            mend="brackets",
        )
    elif not value:
        yield Problem(
            code=codes.EMPTY_LIST,
            path=path,
            message=f"`{key}` has no values, so nothing could match",
            reason="Empty arrays are not allowed",
            help="leave the field out, or write `[{exists: false}]` to ask for its absence",
        )
    else:
        found = [
            problem
            for i, item in enumerate(value)
            for problem in check_value(item, (*path, i), dialect)
        ]
        yield from found
        if not any(problem.code.severity == "error" for problem in found):
            yield from _check_complexity(value, path, dialect)


def _check_nested(
    key: str, value: dict[str, Any], path: Path, dialect: Dialect, *, in_or: bool
) -> Found:
    """Check an object under a field, which may be an operator outside of a list."""
    operator = _misplaced_operator(value)
    if operator is not None:
        yield Problem(
            code=codes.VALUE_NOT_IN_LIST,
            path=path,
            message=f"`{operator}` stands in a list: `{key}: [{{{operator}: ...}}]`",
            reason=f'"{operator}" must be an object or an array',
            help="put `[]` around it",
            mend="brackets",
        )
    elif dialect.nested:
        yield from _check_object(value, path, dialect, top=False, in_or=in_or)
    else:
        inside = _check_object(value, path, dialect, top=False, in_or=in_or)
        yield from (p for p in inside if p.code is not codes.NESTED_ATTRIBUTE)
        yield Problem(
            code=codes.NESTED_ATTRIBUTE,
            path=path,
            message=f"`{key}` is an object, and attributes are flat",
            reason="Filter policy scope MessageAttributes does not support nested filter policy",
            help="join the names with dots, or filter on the body",
        )


def _check_complexity(values: list[Any], path: Path, dialect: Dialect) -> Found:
    if dialect.points is not None and (points := points_of(values)) > dialect.points:
        yield Problem(
            code=codes.BAD_WILDCARD,
            path=path,
            message=f"all `*` times all wildcards are {points}, {dialect.name} takes "
            f"{dialect.points}",
            reason=TOO_COMPLEX,
            help="use fewer, or `prefix` and `suffix`",
        )
    if dialect.complexity is not None and is_too_complex(values, dialect.complexity):
        alone = sum(bool(wildcards_of(value)) for value in values) == 1
        yield Problem(
            code=codes.BAD_WILDCARD,
            path=path,
            message="this wildcard is too complex" if alone else "these are too complex together",
            reason=TOO_COMPLEX,
            help="use fewer `*`, or `prefix` and `suffix` where they do",
        )


def _misplaced_operator(value: dict[str, Any]) -> str | None:
    """Return the operator that an object is meant to be; a field may have that name, too."""
    if len(value) != 1:
        return None
    key, operand = next(iter(value.items()))
    if key not in ALL_OPERATORS:
        return None
    if isinstance(operand, list):
        first = operand[0] if operand else None
        compares = isinstance(first, str) and first in COMPARISONS
        meant = key == "anything-but" or (key == "numeric" and compares)
    else:
        meant = key == "anything-but" or not isinstance(operand, dict)
    return str(key) if meant else None


def _check_or(value: Any, path: Path, dialect: Dialect, *, top: bool) -> Found:
    if not isinstance(value, list) or len(value) < 2:
        yield Problem(
            code=codes.BAD_OR,
            path=path,
            message="`$or` takes a list of at least two objects",
            reason="There must have at least 2 Objects in $or relationship."
            if isinstance(value, list)
            else "It must be an Array followed with $or.",
            help="with one alternative, write its fields without `$or`",
        )
        return
    for i, branch in enumerate(value):
        here = (*path, i)
        if isinstance(branch, dict):
            yield from _check_object(branch, here, dialect, top=top, in_or=True)
        else:
            yield Problem(
                code=codes.BAD_OR,
                path=here,
                message="an alternative of `$or` is an object",
                reason="Only JSON object is allowed in array of $or relationship.",
                help="`{field: [value]}`",
            )
