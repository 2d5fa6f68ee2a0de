"""Encoders of objects, arrays and numbers: imported by the first publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Final

from .arrays import Array
from .checks import (
    Convert,
    Found,
    Pending,
    Place,
    a_sequence,
    article,
    decimal_type,
    kind_of,
)
from .numeric import LARGEST, Number
from .objects import Object, as_read

_NEVER: Final = object()
"""What no field is."""


def object_encoder(spec: Object, cls: type[Any], pending: Pending) -> Convert:
    """Build the way to JSON: an instance of the class into a dict."""
    fields = [
        (
            f.wire,
            f.spec.encode(pending),
            _NEVER if f.required else f.left_out,
            f.default is None,
        )
        for f in spec.fields
    ]
    remembers = bool(spec.defaults)
    values_of = _values_of([f.name for f in spec.fields])
    checks = spec.checks
    rules = spec.rules
    rest = _rest_encoder(spec, pending)

    def convert(value: Any, place: Place, found: Found) -> Any:
        if not isinstance(value, cls):
            found.append(
                (place, f"expected {article(cls.__name__)}, got {kind_of(value)}")
            )
            return None
        before = len(found)
        out: dict[str, Any] = {}
        odd = as_read(value) if remembers else ()
        for (wire, write, left_out, null), item in zip(
            fields, values_of(value), strict=True
        ):
            if odd and wire in odd:
                if not null:
                    continue
            elif item is left_out:
                continue
            out[wire] = write(item, (place, wire), found)
        if rest is not None:
            out.update(rest(value, place, found) or {})
        for holds, message in checks:
            if not holds(out):
                found.append((place, message))
        if rules is not None and len(found) == before:
            rules.check(out, place, found)
        return out

    return convert


def _rest_encoder(spec: Object, pending: Pending) -> Convert | None:
    """Return the way to JSON of the properties that aren't declared, if they are kept."""
    if spec.rest is None:
        return None
    name, values = spec.rest[0], spec.rest[1].encode(pending)
    known = frozenset(f.wire for f in spec.fields)

    def convert(value: Any, place: Place, found: Found) -> Any:
        others: dict[str, Any] = values(getattr(value, name), place, found)
        for key in others or ():
            if key in known:
                found.append(((place, key), f"has a field of its own, not `{name}`"))
        return others

    return convert


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads several attributes at once; `attrgetter` of one name gives no tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


def array_encoder(spec: Array, pending: Pending) -> Convert:
    """Take a tuple or a list."""
    item = spec.items.encode(pending)
    checks = spec.checks

    def convert(value: Any, place: Place, found: Found) -> Any:
        if not isinstance(value, a_sequence):
            found.append((place, f"expected a tuple, got {kind_of(value)}"))
            return None
        elements: Iterable[Any] = value
        before = len(found)
        out = [item(v, (place, i), found) for i, v in enumerate(elements)]
        if len(found) == before:
            for holds, message in checks:
                if not holds(out):
                    found.append((place, message))
        return out

    return convert


def number_encoder(spec: Number) -> Convert:
    """Take int and float, or the Decimals that a JSON number carries unchanged."""
    checks = spec.checks
    decimal = decimal_type() if spec.decimal else None

    def convert(value: Any, place: Place, found: Found) -> Any:
        if decimal is not None and isinstance(value, decimal):
            number = _from_decimal(decimal, value)
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


def _from_decimal(decimal: type[Any], value: Any) -> int | float | None:
    """Return the JSON number that reads back as the same Decimal, if there is one."""
    if not value.is_finite():
        return None
    if value.adjusted() < 309 and value == value.to_integral_value():
        return int(value)
    number = float(value)
    return number if decimal(repr(number)) == value else None
