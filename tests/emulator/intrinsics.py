"""Replaces references of a template by what they stand for, where a resource isn't in the stack."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Lookup = Callable[[str, str], str | None]
"""Logical id and attribute (`Ref` for the thing itself) → its value; None: leave it alone."""


def replaced(value: Any, lookup: Lookup) -> Any:
    """The value with every `Ref`, `Fn::GetAtt` and complete `Fn::Join` that `lookup` answers."""
    if isinstance(value, list):
        return [replaced(item, lookup) for item in value]
    if not isinstance(value, dict):
        return value
    known: str | None = None
    match value:
        case {"Ref": str(logical_id)}:
            known = lookup(logical_id, "Ref")
        case {"Fn::GetAtt": [str(logical_id), str(attribute)]}:
            known = lookup(logical_id, attribute)
        case {"Fn::Join": [str(separator), list(parts)]}:
            texts = [replaced(part, lookup) for part in parts]
            if all(isinstance(text, str) for text in texts):
                known = separator.join(texts)
    if known is not None:
        return known
    return {key: replaced(item, lookup) for key, item in value.items()}
