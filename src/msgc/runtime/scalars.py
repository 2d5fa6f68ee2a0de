"""Values without parts: what they are in JSON, and in Python."""

from __future__ import annotations

import json
from typing import Any

from .checks import (
    Check,
    Convert,
    Found,
    Pattern,
    Pending,
    Place,
    characters,
    kind_of,
    one_of,
    plain,
    same,
)
from .formats import format_of


class Spec:
    """What a value may be; `kind` is what JSON calls it (see `kind_of`), None for several."""

    __slots__ = ()
    kind: str | None = None

    def decode(self, pending: Pending) -> Convert:
        """Build the way from JSON."""
        raise NotImplementedError

    def encode(self, pending: Pending) -> Convert:
        """Build the way to JSON."""
        raise NotImplementedError

    def accepts(self, value: Any) -> bool:
        """Whether a Python value is of this spec's type: how a union picks the option."""
        return kind_of(value) == self.kind


class Anything(Spec):
    """Any JSON value, as `json` gives it."""

    __slots__ = ()

    def decode(self, pending: Pending) -> Convert:
        """Take it as it is."""
        return lambda value, place, found: value

    def encode(self, pending: Pending) -> Convert:
        """Take what JSON has."""
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

    __slots__ = ("checks", "format")
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
        checks: list[Check] = []
        if min_length is not None:
            checks.append(
                (lambda text: len(text) >= min_length, characters("least", min_length))
            )
        if max_length is not None:
            checks.append(
                (lambda text: len(text) <= max_length, characters("most", max_length))
            )
        if pattern is not None:
            checks.append(
                (Pattern(pattern).found, f"doesn't match the pattern {pattern}")
            )
        self.checks = tuple(checks)

    def decode(self, pending: Pending) -> Convert:
        """Take str; a format gives its Python type."""
        text = same("a string", str, self.checks)
        if self.format is None:
            return text
        read = format_of(self.format).read
        problem = f"is no {self.format}"

        def convert(value: Any, place: Place, found: Found) -> Any:
            before = len(found)
            text(value, place, found)
            if len(found) == before:
                try:
                    return read(value)
                except (ValueError, OverflowError):
                    found.append((place, problem))
            return None

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Take str, or the Python type of the format."""
        text = same("a string", str, self.checks)
        if self.format is None:
            return text
        form = format_of(self.format)

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not form.accepts(value):
                found.append((place, f"expected {form.type}, got {kind_of(value)}"))
                return None
            try:
                return text(form.write(value), place, found)
            except ValueError as error:
                found.append((place, str(error)))
                return None

        return convert

    def accepts(self, value: Any) -> bool:
        """Whether it is str, or of the format's type."""
        return (
            isinstance(value, str)
            if self.format is None
            else format_of(self.format).accepts(value)
        )


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

    def accepts(self, value: Any) -> bool:
        """Whether it is of the values' type."""
        return kind_of(value) == self.kind
