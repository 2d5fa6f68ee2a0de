"""Several things in a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def listing(things: Iterable[object], joint: str) -> str:
    """`a`, `a or b`, `a, b or c`, where `joint` is `or`; there must be one at least."""
    *most, last = map(str, things)
    return f"{', '.join(most)} {joint} {last}" if most else last
