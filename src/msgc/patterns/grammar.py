"""The grammar of a pattern as a whole: objects, lists of values, `$or`, and how much of it.

It walks plain JSON, and says what is wrong by its path. `places` puts that on lines of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import did_you_mean, nearest
from msgc.patterns import codes, size
from msgc.patterns.dialect import ALL_OPERATORS, Dialect
from msgc.patterns.operators import COMPARISONS, check_value
from msgc.patterns.problem import Path, Problem, shown, written

Found = Iterator[Problem]

DEPTH = 100
"""How deep a pattern may go, as in a file."""

EVENT_TEXTS = ("version", "id", "detail-type", "source", "account", "time", "region", "resources",
               "replay-name")  # fmt: skip
"""What is text in every event; the rest is `detail`."""

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
        found += _replaced(pattern, "", (), {})
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
        elif key == "$or":
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
                yield from _check_event_field(key, value, here)
            yield from _check_field(key, value, here, dialect, in_or=in_or)


def _check_field(key: str, value: Any, path: Path, dialect: Dialect, *, in_or: bool) -> Found:
    not_a_list = f'"{key}" must be an object or an array'
    if isinstance(value, dict):
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
        elif not dialect.nested:
            yield Problem(
                code=codes.NESTED_ATTRIBUTE,
                path=path,
                message=f"`{key}` is an object, and attributes are flat",
                reason="Filter policy scope MessageAttributes does not "
                "support nested filter policy",
                help="join the names with dots, or filter on the body",
            )
        else:
            yield from _check_object(value, path, dialect, top=False, in_or=in_or)
    elif not isinstance(value, list):
        yield Problem(
            code=codes.VALUE_NOT_IN_LIST,
            path=path,
            message=f"the values of `{key}` stand in a list",
            reason=not_a_list,
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
        for i, item in enumerate(value):
            yield from check_value(item, (*path, i), dialect)


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


def _check_event_field(key: str, value: Any, path: Path) -> Found:
    if key.partition(".")[0] not in (*EVENT_TEXTS, "detail"):
        yield Problem(
            code=codes.UNKNOWN_EVENT_FIELD,
            path=path,
            on_key=True,
            message=f"no event has `{key}` at its top",
            help=did_you_mean(_spelt(key), EVENT_TEXTS)
            if nearest(_spelt(key), EVENT_TEXTS)
            else f"if it is a part of the payload, write `detail: {{{key}: ...}}`",
        )
    if key not in EVENT_TEXTS or not isinstance(value, list):
        return
    for i, item in enumerate(value):
        if not isinstance(item, str | dict | list):
            yield Problem(
                code=codes.EVENT_FIELD_IS_TEXT,
                path=(*path, i),
                message=f"an event's `{key}` is a text, so `{shown(item)}` never matches",
                help=f'quote it: `"{shown(item)}"`',
                mend="quotes",
            )


def _spelt(name: str) -> str:
    """`detailType`, `detail_type` → `detail-type`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower()


def _replaced(pattern: Any, prefix: str, path: Path, outside: dict[str, Path]) -> Found:
    """Yield the fields that a branch of an `$or` replaces, or that replace one in a branch."""
    if not isinstance(pattern, dict):
        return
    fields = dict(outside)
    fields.update(_leaf_keys(pattern, prefix, path))
    for key, value in pattern.items():
        if key == "$or":
            for i, branch in enumerate(value):
                here = (*path, key, i)
                for name, inner in _leaf_keys(branch, prefix, here):
                    if name in fields:
                        yield Problem(
                            code=codes.REPLACED_FIELD,
                            path=inner,
                            on_key=True,
                            message=f"`{name}` stands inside and outside of `$or`, "
                            "and the later replaces the earlier",
                            help="write it in every branch that needs it, and not outside",
                            also=fields[name],
                        )
                yield from _replaced(branch, prefix, here, fields)
        else:
            yield from _replaced(value, f"{prefix}{key}.", (*path, key), fields)


def _leaf_keys(pattern: Any, prefix: str, path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the fields of an object that every alternative has: those outside of its `$or`s."""
    for key, value in pattern.items():
        if isinstance(value, dict):
            yield from _leaf_keys(value, f"{prefix}{key}.", (*path, key))
        elif key != "$or":
            yield prefix + key, (*path, key)


def size_problems(pattern: dict[str, Any], dialect: Dialect) -> Found:
    """Yield what is too much of a pattern whose grammar is right."""
    count = size.alternatives(pattern)
    if dialect.alternatives is not None and count > dialect.alternatives:
        yield Problem(
            code=codes.TOO_MANY_COMBINATIONS,
            path=(),
            message=f"its `$or`s make {count} alternatives, {dialect.name} takes "
            f"{dialect.alternatives}",
            help="use fewer `$or`s, or several subscriptions",
        )
    if dialect.combinations is not None:
        count = size.combinations(pattern)
        if count > dialect.combinations:
            yield Problem(
                code=codes.TOO_MANY_COMBINATIONS,
                path=(),
                message=f"{count} combinations of values, {dialect.name} takes "
                f"{dialect.combinations}",
                reason="Filter policy is too complex",
                help="use fewer values, a `prefix`, or several subscriptions",
            )
    if dialect.keys is not None:
        top, fields = size.top_keys(pattern), size.fields(pattern)
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
