"""Which values are equal: in JSON, and when they are written as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .checks import a_dict, a_list, a_sequence


def all_different(items: list[Any]) -> bool:
    """Whether no two items are equal, as JSON has it."""
    return len({canonical(item) for item in items}) == len(items)


def canonical(value: Any) -> Any:
    """Return what is equal for equal JSON values: 1 and 1.0 are, 1 and `true` aren't."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, a_list):
        elements: list[Any] = value
        return ("array", tuple([canonical(item) for item in elements]))
    if isinstance(value, a_dict):
        entries: dict[str, Any] = value
        return (
            "object",
            frozenset([(key, canonical(v)) for key, v in entries.items()]),
        )
    return value


def some_are_equal(items: tuple[Any, ...]) -> bool:
    """Whether two items, as they are in Python, would be written the same."""
    return len({_as_written(item) for item in items}) < len(items)


def _as_written(value: Any) -> Any:
    """Return what is equal for values that are written the same."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, a_sequence):
        elements: Iterable[Any] = value
        return ("array", tuple([_as_written(item) for item in elements]))
    if isinstance(value, a_dict):
        entries: dict[str, Any] = value
        return frozenset([(key, _as_written(v)) for key, v in entries.items()])
    codec = getattr(value, "__codec__", None)
    if codec is not None:
        names = [field.name for field in codec.fields]
        names += [codec.rest[0]] if codec.rest else []
        parts = [_as_written(getattr(value, name)) for name in names]
        return (type(value), *parts, *getattr(value, "_as_read", ()))
    if value is None or isinstance(value, str | int | float):
        return value
    return ("text", str(value))  # of equal moments, the offsets may differ
