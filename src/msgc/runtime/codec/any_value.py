"""Specification of any JSON value, and the check that a Python value is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .checks import Convert, Found, Pending, Place, a_dict, a_sequence, kind_of
from .scalars import Spec

if TYPE_CHECKING:
    from typing import TypeAlias

    JSON: TypeAlias = (
        Mapping[str, "JSON"] | Sequence["JSON"] | str | int | float | bool | None
    )
    """Any JSON value; what is read has a `dict` or a `list` for an object or an array."""
else:  # for what looks at types while a program runs, and follows no endless one
    JSON = Any


# Without narrowing what is looked at: its parts would be of unknown types.
_MAPPINGS: Any = Mapping
_SEQUENCES: Any = Sequence
_BYTES = (bytes, bytearray, memoryview)


class Anything(Spec):
    """Any JSON value, as `json` gives it."""

    __slots__ = ()
    is_plain = True

    def admits_null(self) -> bool:
        """Say that it does."""
        return True

    def decode(self, pending: Pending) -> Convert:
        """Take it as it is."""
        return lambda value, place, found: value

    def encode(self, pending: Pending) -> Convert:
        """Take what JSON has."""
        return plain


def plain(value: Any, place: Place, found: Found) -> Any:
    """Convert a value of any type.

    No recursion: what was read may be nested as deeply as the parser goes.
    """
    if value is None or isinstance(value, str | int):
        return value
    whole: list[Any] = [None]
    todo: list[tuple[Any, Place, Any, Any]] = [(value, place, whole, 0)]
    while todo:
        item, here, into, key = todo.pop()
        below: Any
        made: Any
        if isinstance(item, a_sequence):
            elements: Any = item
            into[key] = made = list(elements)
            below = enumerate(elements)
        elif isinstance(item, a_dict):
            entries: dict[Any, Any] = item
            for name in entries:
                if type(name) is not str:
                    found.append(
                        (here, f"expected strings as keys, got {kind_of(name)}")
                    )
            into[key] = made = dict(entries)
            below = entries.items()
        else:
            if isinstance(item, _MAPPINGS):
                todo.append((dict(item), here, into, key))
                continue
            if isinstance(item, _SEQUENCES) and not isinstance(item, _BYTES):
                todo.append((list(item), here, into, key))
                continue
            if not (isinstance(item, float) and item - item == 0):
                found.append((here, f"expected a JSON value, got {kind_of(item)}"))
            into[key] = item
            continue
        later = [
            (v, (here, k), made, k)
            for k, v in below
            if not (v is None or isinstance(v, str | int))
        ]
        todo += later[::-1]
    return whole[0]
