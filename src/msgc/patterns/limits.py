"""What is too much of a pattern whose grammar is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.patterns import codes, size
from msgc.patterns.dialect import Dialect
from msgc.patterns.problem import Problem

_MANY = 10**9


def size_problems(pattern: dict[str, Any], dialect: Dialect) -> Iterator[Problem]:
    """Yield what is too much of a pattern whose grammar is right."""
    count = 1 if dialect.or_is_a_field else size.alternatives(pattern)
    if dialect.alternatives is not None and count > dialect.alternatives:
        yield Problem(
            code=codes.TOO_MANY_COMBINATIONS,
            path=(),
            message=f"its `$or`s make {_count(count)} alternatives, {dialect.name} takes "
            f"{dialect.alternatives}",
            help="use fewer `$or`s, or several subscriptions",
        )
    elif dialect.fields is not None and size.widest(pattern) > dialect.fields:
        yield Problem(
            code=codes.TOO_MANY_KEYS,
            path=(),
            message=f"{size.widest(pattern)} fields, {dialect.name} takes {dialect.fields}",
            reason=f"Size of rule exceeds max value of {dialect.fields}",
            help="use several subscriptions",
        )
    if dialect.combinations is not None:
        count = size.combinations(pattern)
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


def _count(count: int) -> str:
    """Tell a number that may have thousands of digits."""
    return str(count) if count < _MANY else "more than a billion"
