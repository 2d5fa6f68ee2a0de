"""Numbers: what they are in JSON, and in Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .checks import (
    AsIs,
    Check,
    Convert,
    Found,
    Pending,
    Place,
    all_of,
    decimal_type,
    kind_of,
    one_of,
)
from .scalars import Spec


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

    def as_is(self) -> AsIs:
        """Return int."""
        return int, all_of(self.checks)


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
            if not -LARGEST <= value <= LARGEST:
                found.append((place, "is beyond the range of a float"))
                return None
            if decimal is not None:
                return decimal(repr(value))
            return value if type(value) is float else to_float(value)

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
            if not -LARGEST <= value <= LARGEST:
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


def to_float(value: float) -> float:
    """Return a whole number as float; a long one keeps its digits."""
    number = float(value)
    return number if number == value else value


LARGEST = 1.7976931348623157e308


def bounds(
    minimum: float | None,
    maximum: float | None,
    above: float | None,
    below: float | None,
    multiple_of: float | None,
) -> tuple[Check, ...]:
    """Return the checks of a number."""
    checks: list[Check] = []
    if minimum is not None:
        checks.append(
            (lambda number: number >= minimum, f"expected at least {minimum}")
        )
    if maximum is not None:
        checks.append((lambda number: number <= maximum, f"expected at most {maximum}"))
    if above is not None:
        checks.append((lambda number: number > above, f"expected more than {above}"))
    if below is not None:
        checks.append((lambda number: number < below, f"expected less than {below}"))
    if multiple_of is not None:
        checks.append(
            (_multiple_of(multiple_of), f"expected a multiple of {multiple_of}")
        )
    return tuple(checks)


def _multiple_of(unit: float) -> Callable[[Any], bool]:
    """Divide as decimals do: 19.99 is a multiple of 0.01, which it isn't among floats."""

    def holds(number: Any) -> bool:
        if isinstance(number, int) and isinstance(unit, int):
            return number % unit == 0
        if number - number != 0:  # infinite: JSON's 1e999
            return False
        (top, bottom), (unit_top, unit_bottom) = _ratio(number), _ratio(unit)
        return top * unit_bottom % (bottom * unit_top) == 0

    return holds


def _ratio(number: float) -> tuple[int, int]:
    """Return a number as a fraction, as it is written in decimals."""
    if isinstance(number, int):
        return number, 1
    ratio: tuple[int, int] = decimal_type()(repr(number)).as_integer_ratio()
    return ratio


def from_decimal(decimal: type[Any], value: Any) -> int | float | None:
    """Return the JSON number that reads back as the same Decimal, if there is one."""
    if not value.is_finite():
        return None
    if value.adjusted() < 309 and value == value.to_integral_value():
        return int(value)
    number = float(value)
    return number if decimal(repr(number)) == value else None
