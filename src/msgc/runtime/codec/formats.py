"""String formats with a Python type: `uuid`, `date-time`, `date` and decimals.

A type is imported when the first value of its format is converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .checks import Convert, Found, Pending, Place, decimal_type, kind_of
from .scalars import String

if TYPE_CHECKING:
    from ..protocols import Pattern


class Format:
    """How a Python type is written as text."""

    __slots__ = ("accepts", "kind", "read", "type", "write")

    def __init__(
        self,
        type: str,  # its name in messages
        kind: type[Any],
        accepts: Callable[[Any], bool],
        read: Callable[[str], Any],
        write: Callable[[Any], str],
    ) -> None:
        self.type = type
        self.kind = kind
        """The type, all of whose own instances are accepted."""
        self.accepts = accepts
        self.read = read
        self.write = write

    def decoder(self, name: str, text: Convert) -> Convert:
        """Return the way from text, which `text` checks, to the type."""
        read = self.read
        problem = f"is no {name}"

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

    def encoder(self, text: Convert) -> Convert:
        """Return the way from the type to text, which `text` checks."""
        accepts, write = self.accepts, self.write

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not accepts(value):
                found.append((place, f"expected {self.type}, got {kind_of(value)}"))
                return None
            try:
                return text(write(value), place, found)
            except ValueError as error:
                found.append((place, str(error)))
                return None

        return convert


class Formatted(String):
    """Text in JSON that is another type in Python."""

    __slots__ = ("_format",)

    def __init__(
        self,
        format: str,  # JSON Schema's word
        *,
        min_length: int | None = None,
        max_length: int | None = None,
        pattern: Pattern | None = None,
    ) -> None:
        super().__init__(min_length=min_length, max_length=max_length, pattern=pattern)
        self._format = format

    @property
    def form(self) -> Any:
        """How the type is written; it is imported now."""
        return format_of(self._format)

    def decode(self, pending: Pending) -> Convert:
        """Take str, and give the type."""
        return format_of(self._format).decoder(self._format, super().decode(pending))

    def encode(self, pending: Pending) -> Convert:
        """Take the type."""
        return format_of(self._format).encoder(super().encode(pending))

    def respells(self, seen: set[Any]) -> bool:
        """Say so of all formats but dates."""
        return self._format != "date"

    def accepts(self, value: Any) -> bool:
        """Whether it is of the type."""
        return format_of(self._format).accepts(value)


_FORMATS: dict[str, Format] = {}


def format_of(name: str) -> Format:
    """Return a format by its name in JSON Schema; those with `decimal` are ours."""
    if name not in _FORMATS:
        _FORMATS[name] = _MAKE[name]()
    return _FORMATS[name]


def _uuid() -> Format:
    from uuid import UUID  # 3 ms

    hexadecimal = "[0-9A-Fa-f]"
    # UUID() also takes braces, a urn and no hyphens at all
    fits = re.compile(
        f"{hexadecimal}{{8}}(-{hexadecimal}{{4}}){{3}}-{hexadecimal}{{12}}"
    ).fullmatch

    def read(text: str) -> Any:
        if fits(text) is None:
            raise ValueError(text)
        return UUID(text)

    return Format("a UUID", UUID, lambda value: isinstance(value, UUID), read, str)


def _date_time() -> Format:
    from datetime import datetime, timedelta  # 2 ms

    # fromisoformat takes more than RFC 3339: weeks, no separators, no offset
    fits = re.compile(
        r"\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?([Zz]|[-+]([01]\d|2[0-3]):[0-5]\d)",
        re.ASCII,
    ).fullmatch

    def read(text: str) -> Any:
        if fits(text) is None:
            raise ValueError(text)
        if (
            text[17:19] == "60"
        ):  # a leap second, which Python doesn't have: the one after it
            before = datetime.fromisoformat(f"{text[:17]}59{text[19:]}".upper())
            at = before - (before.utcoffset() or timedelta())
            if (at.hour, at.minute) != (23, 59):
                raise ValueError(text)
            return before.replace(microsecond=0) + timedelta(seconds=1)
        return datetime.fromisoformat(text.upper())

    def write(value: Any) -> str:
        text: str = value.isoformat()
        if text[-6:] == "+00:00":
            return f"{text[:-6]}Z"
        if len(text) < 25 or text[-6] not in "+-":
            message = "expected a datetime with a time zone, in whole minutes from UTC"
            raise ValueError(message)
        return text

    def accepts(value: Any) -> bool:
        return isinstance(value, datetime)

    return Format("a datetime", datetime, accepts, read, write)


def _date() -> Format:
    from datetime import date, datetime  # 2 ms

    fits = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII).fullmatch

    def accepts(value: Any) -> bool:
        return isinstance(value, date) and not isinstance(value, datetime)

    def read(text: str) -> Any:
        if fits(text) is None:
            raise ValueError(text)
        return date.fromisoformat(text)

    return Format("a date", date, accepts, read, str)


def _decimal_text() -> Format:
    decimal = decimal_type()
    fits = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)", re.ASCII).fullmatch

    def read(text: str) -> Any:
        if fits(text) is None:
            raise ValueError(text)
        return decimal(text)

    def write(value: Any) -> str:
        if not value.is_finite():
            message = "expected a finite number"
            raise ValueError(message)
        return f"{value:f}"

    def accepts(value: Any) -> bool:
        return isinstance(value, decimal)

    return Format("a Decimal", decimal, accepts, read, write)


def _exact_decimal() -> Format:
    form = format_of("decimal")

    def read(text: str) -> Any:
        value = form.read(text)
        if form.write(value) != text:
            raise ValueError(text)
        return value

    return Format(form.type, form.kind, form.accepts, read, form.write)


_MAKE: dict[str, Callable[[], Format]] = {
    "uuid": _uuid,
    "date-time": _date_time,
    "date": _date,
    "decimal": _decimal_text,
    "exact-decimal": _exact_decimal,
}
