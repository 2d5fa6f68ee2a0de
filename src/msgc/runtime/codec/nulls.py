"""Copies of JSON values out of which nulls are taken that mean absence."""

from __future__ import annotations

from typing import Any

from .checks import a_dict, a_list


def copied(value: Any) -> Any:
    """Return a value whose objects and arrays are others: itself, if there is no null in it."""
    return _copy(value) if _has_null(value) else value


def _has_null(value: Any) -> bool:
    if isinstance(value, a_dict):
        return any(map(_has_null, value.values()))
    if isinstance(value, a_list):
        return any(map(_has_null, value))
    return value is None


def _copy(value: Any) -> Any:
    if isinstance(value, a_dict):
        return {key: _copy(each) for key, each in value.items()}
    if isinstance(value, a_list):
        return [*map(_copy, value)]
    return value
