"""The grammar of `numeric`, and which numbers AWS can compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.patterns import codes
from msgc.patterns.dialect import Dialect
from msgc.patterns.problem import Path, Problem, is_finite, is_number, shown

_COMPARISONS = frozenset(("=", "<", "<=", ">", ">="))
_EXACT = 2**53
"""Up to here every integer is a 64-bit float."""
UNCOMPARABLE = "Cannot compare number"


def check_numeric(key: str, operand: Any, path: Path, _: Dialect) -> Iterator[Problem]:
    """Check what `numeric` takes."""
    if not isinstance(operand, list):
        yield Problem(
            code=codes.WRONG_OPERAND,
            path=path,
            message=f'`{key}` takes a list: `[">=", 100]`',
            reason="Value of numeric must be an array.",
        )
        return
    why = _half_problem(operand) or _range_problem(operand)
    if why is not None:
        message, reason = why
        yield Problem(
            code=codes.BAD_NUMERIC,
            path=path,
            message=message,
            reason=reason,
            help='like `[">=", 100]` or `[">", 0, "<", 10]`',
        )
        return
    for i, bound in enumerate(operand):
        if i % 2 and (uncomparable := number_problem(bound)) is not None:
            yield Problem(
                code=codes.BAD_NUMERIC,
                path=(*path, i),
                message=uncomparable,
                reason=UNCOMPARABLE,
                help="send it as a text, and compare it with a text",
            )


def number_problem(value: float) -> str | None:
    """Return why AWS can't compare with a number; None: it can."""
    if not is_finite(value):
        return f"`{shown(value)}` is no number of JSON"
    if isinstance(value, float) or abs(value) <= _EXACT:
        return None
    try:
        exact = int(float(value)) == value
    except OverflowError:
        exact = False
    return None if exact else f"`{shown(value)}` is more than a 64-bit float can hold"


def _half_problem(items: list[Any]) -> tuple[str, str] | None:
    """Return what is wrong with one of the comparisons and numbers that take turns."""
    if not items or len(items) % 2:
        reason = (
            "Invalid member in numeric match" if items else "Too few elements in numeric expression"
        )
        return "a comparison and a number belong together", reason
    for operator, bound in zip(items[::2], items[1::2], strict=True):
        if not isinstance(operator, str) or operator not in _COMPARISONS:
            reason = f"Unrecognized numeric range operator: {shown(operator)}"
            return "a comparison comes first: `=`, `<`, `<=`, `>` or `>=`", reason
        if not is_number(bound):
            scalar = not isinstance(bound, dict | list)
            text = ", but a text" if isinstance(bound, str) else ""
            message = f"{f'`{shown(bound)}`' if scalar else 'what follows it'} is no number{text}"
            return message, f"Value of {operator} must be numeric"
    return None


def _range_problem(items: list[Any]) -> tuple[str, str] | None:
    """Return what is wrong with a lower and an upper bound."""
    if len(items) == 2:
        return None
    if len(items) > 4 or items[0] not in {">", ">="} or items[2] not in {"<", "<="}:
        message = "a range has a lower bound (`>`, `>=`) and then an upper one (`<`, `<=`)"
        return message, "Too many elements in numeric expression"
    low, high = items[1], items[3]
    if low < high:
        return None
    message = f"nothing lies between {shown(low)} and {shown(high)}"
    return message, "Bottom must be less than top"
