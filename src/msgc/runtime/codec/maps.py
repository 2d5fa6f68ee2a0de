"""Objects whose keys aren't known."""

from __future__ import annotations

from typing import Any

from .checks import Convert, Found, Pending, Place, a_dict, kind_of, lengths
from .scalars import Spec


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
        self.checks = lengths(min_properties, max_properties, "properties")

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
