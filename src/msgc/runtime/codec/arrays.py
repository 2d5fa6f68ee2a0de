"""Arrays."""

from __future__ import annotations

from collections.abc import Callable
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

_DIFFERENT = "expected items that are all different"


class Array(Spec):
    """A list: a tuple in Python."""

    __slots__ = ("checks", "items", "unique")
    kind = "an array"

    def __init__(
        self,
        items: Spec,
        *,
        min_items: int | None = None,
        max_items: int | None = None,
        unique: bool = False,
    ) -> None:
        self.items = items
        self.unique = unique
        self.checks = lengths(min_items, max_items, "items")
        if unique:
            from .equality import all_different  # as few arrays need it

            self.checks = (*self.checks, (all_different, _DIFFERENT))

    def decode(self, pending: Pending) -> Convert:
        """Take a list."""
        item = self.items.decode(pending)
        checks = self.checks
        compared: Callable[[tuple[Any, ...]], bool] | None = None
        if self.unique and self.items.respells(set()):
            # What differs in its spelling alone could be read, and not be written again.
            from .equality import some_are_equal

            compared = some_are_equal

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_list):
                found.append((place, f"expected an array, got {kind_of(value)}"))
                return None
            elements: list[Any] = value
            before = len(found)
            for holds, message in checks:
                if not holds(elements):
                    found.append((place, message))
            out = tuple([item(v, (place, i), found) for i, v in enumerate(elements)])
            if compared and len(found) == before and compared(out):
                found.append((place, _DIFFERENT))
            return out

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
