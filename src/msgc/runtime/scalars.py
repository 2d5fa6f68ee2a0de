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
    bounds,
    characters,
    decimal_type,
    from_decimal,
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


class Integer(Spec):
    """A whole number; 1.0 is one in JSON."""

    __slots__ = ("checks",)
    kind = "a number"

    def __init__(
        self,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        exclusive_minimum: float | None = None,
        exclusive_maximum: float | None = None,
        multiple_of: float | None = None,
    ) -> None:
        self.checks = bounds(
            minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of
        )

    def decode(self, pending: Pending) -> Convert:
        """Take int, and float without a fraction."""
        checks = self.checks

        def convert(value: Any, place: Place, found: Found) -> Any:
            if type(value) is not int:
                if isinstance(value, bool) or not isinstance(value, int | float):
                    found.append((place, f"expected an integer, got {kind_of(value)}"))
                    return None
                if value != value // 1:  # NaN and the infinities differ too
                    found.append((place, "expected an integer, got a fraction"))
                    return None
                value = int(value)
            for holds, message in checks:
                if not holds(value):
                    found.append((place, message))
            return value

        return convert

    encode = decode


class Number(Spec):
    """A number: `float` in Python, or `Decimal`."""

    __slots__ = ("checks", "decimal")
    kind = "a number"

    def __init__(
        self,
        *,
        decimal: bool = False,
        minimum: float | None = None,
        maximum: float | None = None,
        exclusive_minimum: float | None = None,
        exclusive_maximum: float | None = None,
        multiple_of: float | None = None,
        enum: tuple[float, ...] | None = None,
    ) -> None:
        self.decimal = decimal
        self.checks = bounds(
            minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of
        )
        if enum is not None:
            problem = "expected " + one_of(json.dumps(number) for number in enum)
            one_of_them: Check = (lambda number: number in enum, problem)
            self.checks = (*self.checks, one_of_them)

    def decode(self, pending: Pending) -> Convert:
        """Take int and float; NaN and the infinities are no JSON numbers."""
        checks = self.checks
        decimal = decimal_type() if self.decimal else None

        def convert(value: Any, place: Place, found: Found) -> Any:
            if type(value) is not float and type(value) is not int:
                found.append((place, f"expected a number, got {kind_of(value)}"))
                return None
            if value - value != 0:
                found.append((place, "expected a finite number"))
                return None
            for holds, message in checks:
                if not holds(value):
                    found.append((place, message))
            if not -_LARGEST <= value <= _LARGEST:
                found.append((place, "is beyond the range of a float"))
                return None
            return float(value) if decimal is None else decimal(repr(value))

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Take int and float, or the Decimals that a JSON number carries unchanged."""
        checks = self.checks
        decimal = decimal_type() if self.decimal else None

        def convert(value: Any, place: Place, found: Found) -> Any:
            if decimal is not None and isinstance(value, decimal):
                number = from_decimal(decimal, value)
                if number is None:
                    found.append((place, "has more digits than a JSON number carries"))
                    return None
                value = number
            elif isinstance(value, bool) or not isinstance(value, int | float):
                expected = "a Decimal" if decimal else "a number"
                found.append((place, f"expected {expected}, got {kind_of(value)}"))
                return None
            if value - value != 0:
                found.append((place, "expected a finite number"))
                return None
            if not -_LARGEST <= value <= _LARGEST:
                found.append((place, "is beyond the range of a float"))
            for holds, message in checks:
                if not holds(value):
                    found.append((place, message))
            return value

        return convert

    def accepts(self, value: Any) -> bool:
        """Whether it is a number, or a Decimal where one is meant."""
        return kind_of(value) == self.kind or (
            self.decimal and isinstance(value, decimal_type())
        )


_LARGEST = 1.7976931348623157e308


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
