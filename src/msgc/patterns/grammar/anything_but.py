"""The grammar of `anything-but`: values, or an operator of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import did_you_mean
from msgc.patterns import codes
from msgc.patterns.dialect import EXCLUDABLE, Dialect
from msgc.patterns.grammar.numeric import number_problem, uncomparable
from msgc.patterns.grammar.problem import Path, Problem, doubtful, wrong_operand
from msgc.patterns.grammar.text_operators import check_wildcard
from msgc.runtime.matching.matchers import is_number

Found = Iterator[Problem]

_MIXED = (
    "Inside anything but list, either all values are number or string, mixed type is not supported"
)


def check_exclusion(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:
    """Check what `anything-but` takes."""
    if isinstance(operand, dict):
        yield from _excluded_matcher(operand, path, dialect)
        return
    items = operand if isinstance(operand, list) else [operand]
    texts, numbers = sum(isinstance(i, str) for i in items), sum(map(is_number, items))
    if texts + numbers != len(items):
        takes = "takes texts or numbers, no `null`, `true` or `false`"
        reason = "Inside anything but list, start|null|boolean is not supported."
        if not isinstance(operand, list):
            reason = "Value of anything-but must be an array or single string/number value."
        yield wrong_operand(key, operand, path, takes, reason).replace(help=_without_words(items))
    elif not items:
        yield wrong_operand(key, operand, path, "takes at least one text or number", _MIXED)
    elif texts and numbers and not dialect.mixed_exclusions:
        takes = "takes either texts or numbers, not both in one list"
        yield wrong_operand(key, operand, path, takes, _MIXED)
    else:
        for i, item in enumerate(items):
            if is_number(item) and (why := number_problem(item)) is not None:
                here = (*path, i) if isinstance(operand, list) else path
                yield Problem(
                    code=codes.WRONG_OPERAND, path=here, message=why, reason=uncomparable(item)
                )


def _without_words(items: list[Any]) -> str | None:
    """Return what to write in place of null or a boolean: the other values there are."""
    if items == [None]:
        return 'any text is `[{prefix: ""}]`, any number `[{numeric: [">=", -1000000000]}]`'
    if all(isinstance(item, bool) for item in items) and len(set(items)) == 1:
        return f"write the other one: `[{str(not items[0]).lower()}]`"
    return None


def _excluded_matcher(operand: dict[str, Any], path: Path, dialect: Dialect) -> Found:
    if len(operand) != 1:
        yield Problem(
            code=codes.ONE_OPERATOR,
            path=path,
            message="`anything-but` takes one operator",
            reason="Only one key allowed in match expression"
            if operand
            else "Anything-But expression name not found",
            help="write them as two objects, if either will do",
        )
        return
    key, inner = next(iter(operand.items()))
    here = (*path, key)
    if key not in EXCLUDABLE:
        yield Problem(
            code=codes.UNKNOWN_OPERATOR,
            path=here,
            on_key=True,
            message=f"`anything-but` has no `{key}` in it",
            reason=f"Unsupported anything-but pattern: {key}",
            help=did_you_mean(str(key), EXCLUDABLE),
        )
        return
    if key not in dialect.excludable:
        yield Problem(
            code=codes.OPERATOR_NOT_HERE,
            path=here,
            on_key=True,
            message=f"{dialect.name} has no `anything-but` with `{key}`",
            help="list the values, or use `prefix`",
        )
        return
    if f"anything-but {key}" in dialect.doubtful:
        yield doubtful(here, f"`anything-but` with `{key}`", dialect)
    many = isinstance(inner, list) and bool(inner) and key in dialect.excluded_lists
    for i, item in enumerate(inner if many else (inner,)):
        place = (*here, i) if many else here
        empty = item == "" and key in {"prefix", "suffix"}
        if not isinstance(item, str) or empty:
            reason = _reason(key, item, dialect, alone=not many)
            wrong = wrong_operand(key, item, place, "takes a text that isn't empty", reason)
            several = isinstance(inner, list) and not many and bool(inner)
            help_ = f"{dialect.name} excludes one `{key}` only: list the values, or filter by a bus"
            yield wrong.replace(help=help_) if several else wrong
        elif key == "wildcard":
            yield from check_wildcard(key, item, place, dialect)


def _reason(key: str, item: Any, dialect: Dialect, *, alone: bool) -> str:
    if item == "":
        return "Null prefix/suffix not allowed"
    if not dialect.folded_affixes:  # whose event-ruler is an older one
        return f"{key} match pattern must be a string"
    if alone and not is_number(item):
        return "Value of anything-but must be an array or single string/number value."
    if key == "equals-ignore-case":
        return f"Inside anything-but/{key} list, number|start|null|boolean is not supported."
    return f"{'wildcard' if key == 'wildcard' else 'prefix/suffix'} match pattern must be a string"
