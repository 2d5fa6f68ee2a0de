"""What is wrong with a pattern, by the path of the part of it that is."""

from __future__ import annotations

import json
import re
from typing import Any, Literal

from msgc.diagnostics import Code
from msgc.record import Record

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


def is_number(value: Any) -> bool:
    """Whether a JSON value is a number; `true` is none, though Python thinks so."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_finite(value: float) -> bool:
    """Whether a number is one in JSON: NaN and the infinities aren't."""
    return isinstance(value, int) or value - value == 0
