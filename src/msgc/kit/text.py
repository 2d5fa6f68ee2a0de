"""JSON as text: with `null` in it, which gets lost in a template, and with values filled in."""

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


def in_json(text: str) -> str:
    """Return what stands for a text inside of a JSON string, which is a template of EventBridge's.

    Quotes and backslashes are escaped, and `<`, which would begin a placeholder. A token stays as
    it is, since CloudFormation fills it in later: its value must have none of these.
    """
    return json.dumps(text)[1:-1].replace("<", "\\u003c")


def as_text(value: Any) -> str:
    """Return a JSON value as text."""
    return json.dumps(value)
