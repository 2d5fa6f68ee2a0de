"""Check for `multipleOf`."""

from __future__ import annotations

from typing import Any

from .checks import Check, decimal_type


def unit(size: float) -> Check:
    """Return the check for multiples of a unit.

    It divides as decimals do: 19.99 is a multiple of 0.01, which it isn't among floats.
    """

    def holds(number: Any) -> bool:
        if isinstance(number, int) and isinstance(size, int):
            return number % size == 0
        if number - number != 0:  # infinite: JSON's 1e999
            return False
        (top, bottom), (unit_top, unit_bottom) = _ratio(number), _ratio(size)
        return top * unit_bottom % (bottom * unit_top) == 0

    return holds, f"expected a multiple of {size}"


def _ratio(number: float) -> tuple[int, int]:
    """Return a number as a fraction, as it is written in decimals."""
    if isinstance(number, int):
        return number, 1
    ratio: tuple[int, int] = decimal_type()(repr(number)).as_integer_ratio()
    return ratio
