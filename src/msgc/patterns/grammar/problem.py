"""A mistake in a pattern, with the path of the part that is wrong."""

from __future__ import annotations

import json
import re
from typing import Any, Literal

from msgc.diagnostics import Code
from msgc.patterns import codes
from msgc.patterns.dialect import Dialect
from msgc.record import Record
from msgc.runtime.matching.matchers import is_number

_SHOWN = 3
"""Operands that a help repeats."""

Path = tuple[str | int, ...]
"""Keys and indices from the top of a pattern."""


class Problem(Record):
    """One thing that AWS would refuse in a pattern, or that would surprise its writer."""

    code: Code
    path: Path
    on_key: bool = False
    """It is the key at the end of the path that is wrong, and not its value."""
    message: str
    reason: str | None = None
    """What AWS says to it, as far as that is known."""
    help: str | None = None
    also: Path | None = None
    """The key of another place that belongs to it."""
    mend: Literal["brackets", "quotes"] | None = None
    """What the value lacks around it."""


def shown(value: Any) -> str:
    """Return a scalar as it stands in a file, for a message."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value)
    except (TypeError, ValueError):  # no JSON, or an integer of thousands of digits
        return f"a value of {type(value).__name__}"


def written(value: Any) -> str:
    """Return a scalar as it can be written into a list in YAML."""
    word = isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w./-]*", value)
    if word and value.lower() not in {"null", "true", "false"}:
        return str(value)
    return f'"{value}"' if isinstance(value, str) else shown(value)


def wrong_operand(key: str, operand: Any, path: Path, takes: str, reason: str) -> Problem:
    """Return that an operator has a value of a kind that it doesn't take."""
    quotable = is_number(operand) and "text" in takes
    return Problem(
        code=codes.WRONG_OPERAND,
        path=path,
        message=f"`{key}` {takes}",
        reason=reason,
        help=f'quote it: `"{shown(operand)}"`' if quotable else None,
    )


def one_each(key: str, operands: list[Any]) -> str:
    """Return the help for several operands of an operator that takes one."""
    first, *others = [f"{{{key}: {written(operand)}}}" for operand in operands[:_SHOWN]]
    more = ", ..." if len(operands) > _SHOWN else ""
    if not others:
        return f"take the brackets away: `{first}`"
    return f"give each an object of its own: `[{', '.join((first, *others))}{more}]`"


def doubtful(path: Path, name: str, dialect: Dialect) -> Problem:
    """Return that AWS may refuse an operator."""
    return Problem(
        code=codes.RECENT_OPERATOR,
        path=path,
        on_key=True,
        message=dialect.doubt.format(name),
        help="if it does, use values or `prefix`, or filter by a bus",
    )
