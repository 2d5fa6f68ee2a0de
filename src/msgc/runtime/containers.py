"""Values around others: arrays and maps, and what may be `null`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .checks import (
    AsIs,
    Check,
    Convert,
    Found,
    Pending,
    Place,
    a_dict,
    a_list,
    a_sequence,
    all_different,
    counted,
    items_word,
    kind_of,
)
from .scalars import Spec


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
        checks: list[Check] = []
        if min_items is not None:
            checks.append(
                (lambda items: len(items) >= min_items, items_word("least", min_items))
            )
        if max_items is not None:
            checks.append(
                (lambda items: len(items) <= max_items, items_word("most", max_items))
            )
        if unique:
            checks.append((all_different, "expected items that are all different"))
        self.checks = tuple(checks)

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
        item = self.items.encode(pending)
        checks = self.checks

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_sequence):
                found.append((place, f"expected a tuple, got {kind_of(value)}"))
                return None
            elements: Iterable[Any] = value
            before = len(found)
            out = [item(v, (place, i), found) for i, v in enumerate(elements)]
            if len(found) == before:
                for holds, message in checks:
                    if not holds(out):
                        found.append((place, message))
            return out

        return convert

    def accepts(self, value: Any) -> bool:
        """Whether it is a tuple, or a list."""
        return isinstance(value, a_sequence)


class Map(Spec):
    """An object whose keys aren't known: `dict[str, T]`."""

    __slots__ = ("checks", "values")
    kind = "an object"

    def __init__(
        self,
        values: Spec,
        *,
        min_properties: int | None = None,
        max_properties: int | None = None,
    ) -> None:
        self.values = values
        self.checks = counted(min_properties, max_properties)

    def decode(self, pending: Pending) -> Convert:
        """Take a dict."""
        return self._convert(self.values.decode(pending))

    def encode(self, pending: Pending) -> Convert:
        """Take a dict with text for keys."""
        return self._convert(self.values.encode(pending))

    def _convert(self, item: Convert) -> Convert:
        checks = self.checks

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_dict):
                found.append((place, f"expected an object, got {kind_of(value)}"))
                return None
            entries: dict[Any, Any] = value
            for holds, message in checks:
                if not holds(entries):
                    found.append((place, message))
            for key in entries:
                if type(key) is not str:
                    found.append(
                        (place, f"expected strings as keys, got {kind_of(key)}")
                    )
            return {key: item(v, (place, key), found) for key, v in entries.items()}

        return convert


class Nullable(Spec):
    """A value or `null`."""

    __slots__ = ("inner",)

    def __init__(self, inner: Spec) -> None:
        self.inner = inner

    def decode(self, pending: Pending) -> Convert:
        """Take None, or the value."""
        return self._convert(self.inner.decode(pending))

    def encode(self, pending: Pending) -> Convert:
        """Take None, or the value."""
        return self._convert(self.inner.encode(pending))

    def as_is(self) -> AsIs:
        """Return which values need no conversion."""
        return self.inner.as_is()

    def _convert(self, inner: Convert) -> Convert:
        def convert(value: Any, place: Place, found: Found) -> Any:
            return None if value is None else inner(value, place, found)

        return convert
