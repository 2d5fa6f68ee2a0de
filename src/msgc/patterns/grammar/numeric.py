"""The grammar of `numeric`, and which numbers AWS can compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.patterns import codes
from msgc.patterns.dialect import COMPARISONS, Dialect
from msgc.patterns.grammar.problem import Path, Problem, shown, wrong_operand
from msgc.runtime.matching.matchers import is_number, number_of

_FIRST = "a comparison comes first: `=`, `<`, `<=`, `>` or `>=`"
_RANGE = "a range has a lower bound (`>`, `>=`) and then an upper one (`<`, `<=`)"


def check_numeric(key: str, operand: Any, path: Path, _: Dialect) -> Iterator[Problem]:
    """Check what `numeric` takes."""
    if not isinstance(operand, list):
        takes = 'takes a list: `[">=", 100]`'
        yield wrong_operand(key, operand, path, takes, "Value of numeric must be an array.")
        return
    why = _first_bound(operand) or (_second_bound(operand) if len(operand) > 2 else None)
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
        if i % 2 and (why_not := number_problem(bound)) is not None:
            yield Problem(
                code=codes.BAD_NUMERIC,
                path=(*path, i),
                message=why_not,
                reason=uncomparable(bound),
                help="send it as a text, and compare it with a text",
            )


def number_problem(value: float) -> str | None:
    """Return why AWS can't compare with a number; None: it can."""
    if number_of(value) is not None:
        return None
    if isinstance(value, float):
        return f"`{shown(value)}` is no number of JSON"
    return f"`{shown(value)}` is more than a 64-bit float can hold"


def uncomparable(value: float) -> str:
    """Return AWS's reason for it."""
    return f"Cannot compare number : {shown(value)}"


def _first_bound(items: list[Any]) -> tuple[str, str] | None:
    operator = items[0] if items else None
    if not isinstance(operator, str):
        told = shown(operator) if items else "]"
        reason = f"Invalid member in numeric match: {told}"
        return _FIRST, reason
    if operator not in COMPARISONS:
        reason = f"Unrecognized numeric range operator: {operator}"
        return _FIRST, reason
    if len(items) < 2 or not is_number(items[1]):
        return _no_number(items[1:2], "equals" if operator == "=" else operator)
    if len(items) > 2 and operator not in {">", ">="}:
        return _RANGE, "Too many elements in numeric expression"
    return None


def _second_bound(items: list[Any]) -> tuple[str, str] | None:
    operator = items[2]
    if not isinstance(operator, str):
        return _RANGE, f"Bad value in numeric range: {shown(operator)}"
    if operator not in {"<", "<="}:
        return _RANGE, f"Bad numeric range operator: {operator}"
    if len(items) < 4 or not is_number(items[3]):
        return _no_number(items[3:4], operator)
    if len(items) > 4:
        return _RANGE, "Too many terms in numeric range expression"
    low, high = items[1], items[3]
    if low < high:
        return None
    message = f"nothing lies between {shown(low)} and {shown(high)}"
    return message, "Bottom must be less than top"


def _no_number(found: list[Any], operator: str) -> tuple[str, str]:
    reason = f"Value of {operator} must be numeric"
    if not found:
        return "a comparison and a number belong together", reason
    scalar = not isinstance(found[0], dict | list)
    text = ", but a text" if isinstance(found[0], str) else ""
    return f"{f'`{shown(found[0])}`' if scalar else 'what follows it'} is no number{text}", reason
