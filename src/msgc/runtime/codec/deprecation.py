"""Marks a class as deprecated, for type checkers: running code costs nothing and warns of nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

__all__ = ["deprecated"]

if TYPE_CHECKING:
    from typing_extensions import deprecated
else:
    T = TypeVar("T")

    def deprecated(reason: str) -> Callable[[T], T]:
        """Return a decorator; `warnings.deprecated` is there from Python 3.13 only."""

        def mark(cls: T) -> T:
            cls.__deprecated__ = reason
            return cls

        return mark
