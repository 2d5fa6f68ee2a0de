"""JSON with `null` in it, which gets lost on its way into a template unless it is text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def has_null(value: Any) -> bool:
    """Whether there is a `null` anywhere in a JSON value."""
    if isinstance(value, Mapping):
        return any(has_null(item) for item in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(has_null(item) for item in value)
    return value is None


def as_text(value: Any) -> str:
    """Return a JSON value as text."""
    return json.dumps(value)
