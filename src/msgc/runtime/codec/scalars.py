"""Specifications of strings, booleans, constants and `null`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .checks import (
    Check,
    Convert,
    Found,
    Pending,
    Place,
    kind_of,
    lengths,
    one_of,
    same,
)

if TYPE_CHECKING:
    from ..protocols import Format, Pattern


class Spec:
    """What a value may be; `kind` is what JSON calls it (see `kind_of`), None for several."""

    __slots__ = ()
    kind: str | None = None
    is_plain = False
    """Whether every JSON value is one of these, as it is."""

    def admits_null(self) -> bool:
        """Whether `null` is one of the values, and so something else than absence."""
        return self.kind == "null"

    def decode(self, pending: Pending) -> Convert:
        """Build the way from JSON."""
        raise NotImplementedError

    def encode(self, pending: Pending) -> Convert:
        """Build the way to JSON."""
        raise NotImplementedError

    def respells(self, seen: set[Any]) -> bool:
        """Whether two texts may be one value, as a UUID in capitals and one without."""
        return False

    def accepts(self, value: Any) -> bool:
        """Whether a Python value is of this spec's type: how a union picks the option."""
        return kind_of(value) == self.kind


class Null(Spec):
    """`null`."""

    __slots__ = ()
    kind = "null"

    def decode(self, pending: Pending) -> Convert:
        """Take None."""
        return same("null", type(None), ())

    encode = decode


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


class Boolean(Spec):
    """`true` or `false`."""

    __slots__ = ()
    kind = "a boolean"

    def decode(self, pending: Pending) -> Convert:
        """Take bool."""
        return same("a boolean", bool, ())

    encode = decode


class String(Spec):
    """Text."""

    __slots__ = ("_lengths", "_pattern")
    kind = "a string"

    def __init__(
        self,
        *,
        min_length: int | None = None,
        max_length: int | None = None,
        pattern: Pattern | None = None,
    ) -> None:
        self._lengths = lengths(min_length, max_length, "characters")
        self._pattern = pattern

    @property
    def form(self) -> Format | None:
        """How it is written, if it is another type in Python (see `formats`)."""
        return None

    @property
    def checks(self) -> tuple[Check, ...]:
        """What must hold of the text; a pattern is compiled now, and not at import."""
        if self._pattern is None:
            return self._lengths
        return (*self._lengths, (self._pattern.compiled(), self._pattern.problem))

    def decode(self, pending: Pending) -> Convert:
        """Take str."""
        return same("a string", str, self.checks)

    encode = decode


class Choice(Spec):
    """One of a few values: JSON Schema's `enum` and `const`."""

    __slots__ = ("kind", "values")

    def __init__(self, *values: str | float) -> None:
        self.values = values
        self.kind = kind_of(values[0])

    def decode(self, pending: Pending) -> Convert:
        """Take the values; 1.0 is 1, `true` isn't."""
        kind = self.kind
        table = {value: value for value in self.values}
        message = "expected " + one_of(json.dumps(value) for value in self.values)

        def convert(value: Any, place: Place, found: Found) -> Any:
            if kind_of(value) != kind:
                found.append((place, f"{message}, got {kind_of(value)}"))
                return None
            if value not in table:
                found.append((place, message))
                return None
            return table[value]

        return convert

    encode = decode
