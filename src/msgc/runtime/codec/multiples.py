"""Multiples of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .checks import decimal_type


def is_multiple(unit: float) -> Callable[[Any], bool]:
    """Return what tells multiples; it divides as decimals do: 19.99 is a multiple of 0.01, which it isn't among floats."""

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
