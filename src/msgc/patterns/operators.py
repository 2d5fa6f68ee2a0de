"""The grammar of one value in a list: a scalar, or an object with one operator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgc.diagnostics import did_you_mean
from msgc.patterns import codes
from msgc.patterns.dialect import ALL_OPERATORS, Dialect
from msgc.patterns.numbers import UNCOMPARABLE, check_numeric, number_problem
from msgc.patterns.problem import Path, Problem, is_finite, is_number, shown

Found = Iterator[Problem]

COMPARISONS = frozenset(("=", "<", "<=", ">", ">="))
_MIXED = (
    "Inside anything but list, either all values are number or string, mixed type is not supported"
)
_EXCLUDABLE = ("prefix", "suffix", "equals-ignore-case", "wildcard")


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
    elif isinstance(value, float) and not is_finite(value):
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
    if key not in ALL_OPERATORS:
        yield _unknown(key, here)
    elif key not in dialect.operators:
        yield _not_here(here, f"`{key}`", dialect)
    else:
        if key in dialect.recent:
            yield _recent(here, f"`{key}`")
        yield from _OPERANDS[key](key, operand, here, dialect)


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


def _recent(path: Path, name: str) -> Problem:
    return Problem(
        code=codes.RECENT_OPERATOR,
        path=path,
        on_key=True,
        message=f"SNS knows {name} since recently, and may refuse it",
        help="if it does, use values or `prefix`, or a bus instead of a topic",
    )


# --- operands -----------------------------------------------------------------------------------


def _text(key: str, operand: Any, path: Path, _: Dialect) -> Found:
    if not isinstance(operand, str):
        # The reason for `cidr` is a slip of AWS's own.
        named = "prefix" if key == "cidr" else key
        reason = f"{named} match pattern must be a string"
        yield _wrong(key, operand, path, "takes a text", reason)


def _affix(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:
    if not isinstance(operand, dict):
        yield from _text(key, operand, path, dialect)
        return
    if len(operand) != 1 or not isinstance(operand.get("equals-ignore-case"), str):
        takes = "takes a text, or `{equals-ignore-case: text}`"
        other = next((name for name in operand if name != "equals-ignore-case"), None)
        reason = f"Unsupported {key} pattern: {other}" if other is not None else (
            "equals-ignore-case match pattern must be a string")  # fmt: skip
        yield _wrong(key, operand, path, takes, reason)
    elif not dialect.folded_affixes:
        yield Problem(
            code=codes.OPERATOR_NOT_HERE,
            path=path,
            message=f"{dialect.name} has no `equals-ignore-case` in `{key}`",
            reason=f"{key} match pattern must be a string",
            help=f"list the spellings: `[{{{key}: a}}, {{{key}: A}}]`",
        )


def _wildcard(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:
    if not isinstance(operand, str):
        yield from _text(key, operand, path, dialect)
        return
    bare = re.sub(r"\\[*\\]", "", operand)
    message = reason = help_ = None
    if "\\" in bare:
        message, reason = (
            "a backslash can only escape `*` or a backslash",
            "Invalid escape character",
        )
        help_ = "write two backslashes for one"
    elif "**" in bare:
        message, reason = "two `*` in a row are refused", "Consecutive wildcard characters"
        help_ = "write one"
    elif bare.count("*") > dialect.stars:
        message = f"{bare.count('*')} `*` are too complex: {dialect.name} takes {dialect.stars}"
        reason = "Rule is too complex - try using fewer wildcard characters"
        help_ = "use fewer, or `prefix` and `suffix`"
    if message is not None:
        yield Problem(
            code=codes.BAD_WILDCARD, path=path, message=message, reason=reason, help=help_
        )


def _exists(key: str, operand: Any, path: Path, _: Dialect) -> Found:
    if not isinstance(operand, bool):
        reason = "exists match pattern must be either true or false."
        yield _wrong(key, operand, path, "takes `true` or `false`", reason)


def _cidr(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:
    if not isinstance(operand, str):
        yield from _text(key, operand, path, dialect)
        return
    from ipaddress import ip_network  # noqa: PLC0415  # 5 ms that few patterns need

    address, slash, bits = operand.partition("/")
    try:
        ip_network(operand, strict=False)
        fine = bool(address) and (not slash or (bits.isascii() and bits.isdigit()))
    except ValueError:
        fine = False
    if not fine or not (slash or dialect.bare_addresses):
        yield Problem(
            code=codes.BAD_NETWORK,
            path=path,
            message=f"`{operand}` is no network",
            reason="Malformed CIDR" + ("" if slash else ", one '/' required"),
            help="write address, slash and bits: `10.0.0.0/24`",
        )


def _anything_but(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:
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
        yield _wrong(key, operand, path, takes, reason)
    elif not items:
        yield _wrong(key, operand, path, "takes at least one text or number", _MIXED)
    elif texts and numbers and not dialect.mixed_exclusions:
        takes = "takes either texts or numbers, not both in one list"
        yield _wrong(key, operand, path, takes, _MIXED)
    else:
        for i, item in enumerate(items):
            if is_number(item) and (why := number_problem(item)) is not None:
                here = (*path, i) if isinstance(operand, list) else path
                yield Problem(code=codes.WRONG_OPERAND, path=here, message=why, reason=UNCOMPARABLE)


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
    if key not in _EXCLUDABLE:
        yield Problem(
            code=codes.UNKNOWN_OPERATOR,
            path=here,
            on_key=True,
            message=f"`anything-but` has no `{key}` in it",
            reason=f"Unsupported anything-but pattern: {key}",
            help=did_you_mean(str(key), _EXCLUDABLE),
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
    if f"anything-but {key}" in dialect.recent:
        yield _recent(here, f"`anything-but` with `{key}`")
    many = isinstance(inner, list) and bool(inner) and dialect.excluded_lists
    for i, item in enumerate(inner if many else (inner,)):
        place = (*here, i) if many else here
        empty = item == "" and key in {"prefix", "suffix"}
        if not isinstance(item, str) or empty:
            reason = "Null prefix/suffix not allowed" if empty else _excluded_reason(key)
            yield _wrong(key, item, place, "takes a text that isn't empty", reason)
        elif key == "wildcard":
            yield from _wildcard(key, item, place, dialect)


def _excluded_reason(key: str) -> str:
    if key == "equals-ignore-case":
        return f"Inside anything-but/{key} list, number|start|null|boolean is not supported."
    return f"{'wildcard' if key == 'wildcard' else 'prefix/suffix'} match pattern must be a string"


_OPERANDS: dict[str, Callable[[str, Any, Path, Dialect], Found]] = {
    "prefix": _affix,
    "suffix": _affix,
    "equals-ignore-case": _text,
    "wildcard": _wildcard,
    "numeric": check_numeric,
    "cidr": _cidr,
    "exists": _exists,
    "anything-but": _anything_but,
}


def _wrong(key: str, operand: Any, path: Path, takes: str, reason: str) -> Problem:
    quotable = is_number(operand) and "text" in takes
    return Problem(
        code=codes.WRONG_OPERAND,
        path=path,
        message=f"`{key}` {takes}",
        reason=reason,
        help=f'quote it: `"{shown(operand)}"`' if quotable else None,
    )
