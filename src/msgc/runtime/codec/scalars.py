"""Values without parts: what they are in JSON, and in Python."""

from __future__ import annotations

import json
from typing import Any

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


class Spec:
    """What a value may be; `kind` is what JSON calls it (see `kind_of`), None for several."""

    __slots__ = ()
    kind: str | None = None

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


class Anything(Spec):
    """Any JSON value, as `json` gives it."""

    __slots__ = ()

    def admits_null(self) -> bool:
        """Say that it does."""
        return True

    def decode(self, pending: Pending) -> Convert:
        """Take it as it is."""
        return lambda value, place, found: value

    def encode(self, pending: Pending) -> Convert:
        """Take what JSON has."""
        from .anything import plain  # as few messages have it

        return plain


class Null(Spec):
    """`null`."""

    __slots__ = ()
    kind = "null"

    def decode(self, pending: Pending) -> Convert:
        """Take None."""
        return same("null", type(None), ())

    encode = decode


class Boolean(Spec):
    """`true` or `false`."""

    __slots__ = ()
    kind = "a boolean"

    def decode(self, pending: Pending) -> Convert:
        """Take bool."""
        return same("a boolean", bool, ())

    encode = decode


class String(Spec):
    """Text, or what is written as text: `format` is uuid, date-time, date or decimal."""

    __slots__ = ("_lengths", "_pattern", "format")
    kind = "a string"

    def __init__(
        self,
        *,
        format: str | None = None,  # JSON Schema's word
        min_length: int | None = None,
        max_length: int | None = None,
        pattern: str | None = None,
    ) -> None:
        self.format = format
        self._lengths = lengths(min_length, max_length, "characters")
        self._pattern = pattern

    @property
    def checks(self) -> tuple[Check, ...]:
        """What must hold of the text; a pattern is compiled now, and not at import."""
        if self._pattern is None:
            return self._lengths
        from .regexes import Pattern  # as few texts need it

        pattern = Pattern(self._pattern)
        return (*self._lengths, (pattern.compiled(), pattern.problem))

    def decode(self, pending: Pending) -> Convert:
        """Take str; a format gives its Python type."""
        text = same("a string", str, self.checks)
        if self.format is None:
            return text
        from .formats import format_of  # 2 ms

        return format_of(self.format).decoder(self.format, text)

    def encode(self, pending: Pending) -> Convert:
        """Take str, or the Python type of the format."""
        text = same("a string", str, self.checks)
        if self.format is None:
            return text
        from .formats import format_of  # as above

        return format_of(self.format).encoder(text)

    def respells(self, seen: set[Any]) -> bool:
        """Say so of all formats but dates."""
        return self.format is not None and self.format != "date"

    def accepts(self, value: Any) -> bool:
        """Whether it is str, or of the format's type."""
        if self.format is None:
            return isinstance(value, str)
        from .formats import format_of  # as above

        return format_of(self.format).accepts(value)


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
