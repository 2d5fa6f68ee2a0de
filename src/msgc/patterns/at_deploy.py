"""Texts in patterns that are known only when the stack is deployed."""

from __future__ import annotations

from typing import Any


class AtDeploy(str):
    """A text with placeholders, as the file has it: `${country}`.

    It matches nothing but its own spelling, so that tests can write that in a payload.
    """

    __slots__ = ()


def is_open(matcher: Any) -> bool:
    """Whether what a matcher accepts is known at deploy only."""
    if isinstance(matcher, dict):
        return any(map(is_open, matcher.values()))
    return (
        any(map(is_open, matcher)) if isinstance(matcher, list) else isinstance(matcher, AtDeploy)
    )
