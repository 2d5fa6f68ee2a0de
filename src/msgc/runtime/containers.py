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
            checks.append((all_different, _DIFFERENT))
        self.checks = tuple(checks)

    def decode(self, pending: Pending) -> Convert:
        """Take a list."""
        item = self.items.decode(pending)
        checks = self.checks
        # What differs in its spelling alone could be read, and not be written again.
        compared = self.unique and self.items.respells(set())

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
            if compared and len(found) == before and _some_are_equal(out):
                found.append((place, _DIFFERENT))
            return out

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

    def respells(self, seen: set[Any]) -> bool:
        """Whether the items do."""
        return self.items.respells(seen)

    def accepts(self, value: Any) -> bool:
        """Whether it is a tuple, or a list."""
        return isinstance(value, a_sequence)


def _some_are_equal(items: tuple[Any, ...]) -> bool:
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

    def respells(self, seen: set[Any]) -> bool:
        """Whether the values do."""
        return self.values.respells(seen)

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

    def as_is(self) -> AsIs:
        """Return which values need no conversion."""
        return self.inner.as_is()

    def respells(self, seen: set[Any]) -> bool:
        """Whether the value does."""
        return self.inner.respells(seen)

    def _convert(self, inner: Convert) -> Convert:
        def convert(value: Any, place: Place, found: Found) -> Any:
            return None if value is None else inner(value, place, found)

        return convert
