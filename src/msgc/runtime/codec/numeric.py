"""Specifications of numbers."""

from __future__ import annotations

import json
from functools import partial
from operator import ge, gt, le, lt
from typing import Any

from .checks import (
    Check,
    Convert,
    Found,
    Pending,
    Place,
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
        multiple_of: Check | None = None,
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
        multiple_of: Check | None = None,
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
        from .encoders import number_encoder  # as those that only handle do without

        return number_encoder(self)

    def accepts(self, value: Any) -> bool:
        """Whether it is a number, or a Decimal where one is meant."""
        return kind_of(value) == self.kind or (
            self.decimal and isinstance(value, decimal_type())
        )


def to_float(value: float) -> float:
    """Return a whole number as float; a long one keeps its digits."""
    number = float(value)
    return number if number == value else value


_BOUNDS = ((le, "at least"), (ge, "at most"), (lt, "more than"), (gt, "less than"))
"""How a limit stands to a number, and what is expected of the number."""
LARGEST = 1.7976931348623157e308


def bounds(
    minimum: float | None,
    maximum: float | None,
    above: float | None,
    below: float | None,
    multiple_of: Check | None = None,
) -> tuple[Check, ...]:
    """Return the checks of a number."""
    checks: list[Check] = []
    for limit, (holds, words) in zip(
        (minimum, maximum, above, below), _BOUNDS, strict=True
    ):
        if limit is not None:
            checks.append((partial(holds, limit), f"expected {words} {limit}"))
    if multiple_of is not None:
        checks.append(multiple_of)
    return tuple(checks)
