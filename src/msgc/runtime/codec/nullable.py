"""Values that may be `null`."""

from __future__ import annotations

from typing import Any

from .checks import Convert, Found, Pending, Place
from .scalars import Spec


class Nullable(Spec):
    """A value or `null`."""

    __slots__ = ("inner",)

    def admits_null(self) -> bool:
        """Say that it does."""
        return True

    def __init__(self, inner: Spec) -> None:
        self.inner = inner

    def decode(self, pending: Pending) -> Convert:
        """Take None, or the value."""
        return self._convert(self.inner.decode(pending))

    def encode(self, pending: Pending) -> Convert:
        """Take None, or the value."""
        return self._convert(self.inner.encode(pending))

    def respells(self, seen: set[Any]) -> bool:
        """Whether the value does."""
        return self.inner.respells(seen)

    def _convert(self, inner: Convert) -> Convert:
        def convert(value: Any, place: Place, found: Found) -> Any:
            return None if value is None else inner(value, place, found)

        return convert
