"""Arrays with `uniqueItems`, and equality of JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .arrays import Array
from .checks import Convert, Found, Pending, Place, a_dict, a_list, a_sequence
from .scalars import Spec

_DIFFERENT = "expected items that are all different"


class UniqueArray(Array):
    """A list without two equal items."""

    __slots__ = ()
    unique = True

    def __init__(
        self,
        items: Spec,
        *,
        min_items: int | None = None,
        max_items: int | None = None,
    ) -> None:
        super().__init__(items, min_items=min_items, max_items=max_items)
        self.checks = (*self.checks, (all_different, _DIFFERENT))

    def decode(self, pending: Pending) -> Convert:
        """Take a list."""
        decoded = super().decode(pending)
        if not self.items.respells(set()):
            return decoded

        def convert(value: Any, place: Place, found: Found) -> Any:
            before = len(found)
            out = decoded(value, place, found)
            # What differs in its spelling alone could be read, and not be written again.
            if len(found) == before and some_are_equal(out):
                found.append((place, _DIFFERENT))
            return out

        return convert


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
