"""Specification of arrays."""

from __future__ import annotations

from typing import Any

from .checks import (
    Convert,
    Found,
    Pending,
    Place,
    a_list,
    a_sequence,
    kind_of,
    lengths,
)
from .scalars import Spec


class Array(Spec):
    """A list: a tuple in Python."""

    __slots__ = ("checks", "items")
    kind = "an array"
    unique = False
    """Whether no two items may be equal (see `unique`)."""

    def __init__(
        self,
        items: Spec,
        *,
        min_items: int | None = None,
        max_items: int | None = None,
    ) -> None:
        self.items = items
        self.checks = lengths(min_items, max_items, "items")

    def decode(self, pending: Pending) -> Convert:
        """Take a list."""
        item = self.items.decode(pending)
        checks = self.checks

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_list):
                found.append((place, f"expected an array, got {kind_of(value)}"))
                return None
            elements: list[Any] = value
            for holds, message in checks:
                if not holds(elements):
                    found.append((place, message))
            return tuple([item(v, (place, i), found) for i, v in enumerate(elements)])

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Take a tuple or a list."""
        from .encoders import array_encoder  # as those that only handle do without

        return array_encoder(self, pending)

    def respells(self, seen: set[Any]) -> bool:
        """Whether the items do."""
        return self.items.respells(seen)

    def accepts(self, value: Any) -> bool:
        """Whether it is a tuple, or a list."""
        return isinstance(value, a_sequence)
