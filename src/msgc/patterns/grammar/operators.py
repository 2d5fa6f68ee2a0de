"""The grammar of one value in a list: a scalar, or an object with one operator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgc.diagnostics import did_you_mean
from msgc.patterns import codes
from msgc.patterns.dialect import ALL_OPERATORS, COMPARISONS, Dialect
from msgc.patterns.grammar.anything_but import check_exclusion
from msgc.patterns.grammar.numeric import check_numeric
from msgc.patterns.grammar.problem import Path, Problem, doubtful, shown, wrong_operand
from msgc.patterns.grammar.text_operators import CHECKS

Found = Iterator[Problem]


def check_value(value: Any, path: Path, dialect: Dialect) -> Found:
    """Check one member of a list of values."""
    if isinstance(value, dict):
        yield from _matcher(value, path, dialect)
    elif isinstance(value, list):
        yield Problem(
            code=codes.NOT_A_VALUE,
            path=path,
            message="a list can't be a value",
            reason="Match value must be String, number, true, false, or null",
            help="take one pair of `[]` away",
        )
    elif not (value is None or isinstance(value, str | int | float)):
        yield Problem(
            code=codes.NOT_A_VALUE,
            path=path,
            message=f"{shown(value)} is no JSON",
            reason="Match value must be String, number, true, false, or null",
        )
    elif isinstance(value, float) and value - value != 0:  # NaN, or infinite
        yield Problem(
            code=codes.NOT_A_VALUE,
            path=path,
            message=f"`{shown(value)}` is no number of JSON",
            help="write a number that a 64-bit float can hold",
        )


def _matcher(matcher: dict[str, Any], path: Path, dialect: Dialect) -> Found:
    if len(matcher) != 1:
        listed = ", ".join(f"`{key}`" for key in matcher) or "none"
        yield Problem(
            code=codes.ONE_OPERATOR,
            path=path,
            message=f"one object has one operator, this has {listed}",
            reason="Only one key allowed in match expression"
            if matcher
            else "Match expression name not found",
            help="give each an object of its own: they are alternatives",
        )
        return
    key, operand = next(iter(matcher.items()))
    here = (*path, key)
    if key in dialect.operators:
        if key in dialect.doubtful:
            yield doubtful(here, f"`{key}`", dialect)
        yield from _OPERANDS[key](key, operand, here, dialect)
    elif key in ALL_OPERATORS:
        yield _not_here(here, f"`{key}`", dialect)
    else:
        yield _unknown(key, here)


def _unknown(key: str, path: Path) -> Problem:
    help_ = did_you_mean(str(key), ALL_OPERATORS)
    if key == "exactly":
        help_ = "write the value itself"
    if key in COMPARISONS:
        help_ = f'write `{{numeric: ["{key}", ...]}}`'
    return Problem(
        code=codes.UNKNOWN_OPERATOR,
        path=path,
        on_key=True,
        message=f"`{key}` is no operator",
        reason=f"Unrecognized match type {key}",
        help=help_,
    )


def _not_here(path: Path, what: str, dialect: Dialect) -> Problem:
    return Problem(
        code=codes.OPERATOR_NOT_HERE,
        path=path,
        on_key=True,
        message=f"{dialect.name} has no {what}",
        help="filter elsewhere, or say it with the operators there are: "
        + ", ".join(f"`{operator}`" for operator in dialect.operators),
    )


def _exists(key: str, operand: Any, path: Path, _: Dialect) -> Found:
    if not isinstance(operand, bool):
        reason = "exists match pattern must be either true or false."
        wrong = wrong_operand(key, operand, path, "takes `true` or `false`", reason)
        quoted = operand in {"true", "false"} if isinstance(operand, str) else False
        yield wrong.replace(help="take the quotes away") if quoted else wrong


def _text(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:

    return CHECKS[key](key, operand, path, dialect)


def _exclusion(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:

    return check_exclusion(key, operand, path, dialect)


_OPERANDS: dict[str, Callable[[str, Any, Path, Dialect], Found]] = {
    "prefix": _text,
    "suffix": _text,
    "equals-ignore-case": _text,
    "wildcard": _text,
    "numeric": check_numeric,
    "cidr": _text,
    "exists": _exists,
    "anything-but": _exclusion,
    "exactly": _text,
}
