"""One of several: values that JSON tells apart, and objects that a tag does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from .checks import Convert, Found, Pending, Place, a_dict, kind_of, one_of
from .nulls import copied
from .objects import Nested, Object, spec_of
from .scalars import Choice, Spec


class Tagged(Spec):
    """One of several objects, told apart by a property with a constant in each.

    One of them may do without it.
    """

    __slots__ = ("options", "tag")
    kind = "an object"

    def __init__(self, tag: str, *options: Nested) -> None:
        self.tag = tag
        self.options = options

    def decode(self, pending: Pending) -> Convert:
        """Read the tag, then the object."""
        tag = self.tag
        table: dict[tuple[str, Any], Convert] = {}
        without: Convert | None = None
        for option in self.options:
            convert_option = option.decode(pending)
            spec = spec_of(option.target)
            for value in _choices(spec, tag):
                table[kind_of(value), value] = convert_option
            if any(f.wire == tag and not f.required for f in spec.fields):
                without = convert_option
        lenient = pending.lenient and without is not None
        message = "expected " + one_of(json.dumps(value) for _, value in table)

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_dict):
                found.append((place, f"expected an object, got {kind_of(value)}"))
                return None
            entries: dict[str, Any] = value
            name = entries.get(tag)
            if tag not in entries or (lenient and name is None):
                if without is not None:
                    return without(entries, place, found)
                found.append(((place, tag), "is required"))
                return None
            option = None
            if isinstance(name, str | int | float):
                option = table.get((kind_of(name), name))
            if option is None:
                found.append(((place, tag), message))
                return None
            return option(entries, place, found)

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Take an instance of one of the classes."""
        return by_type(self.options, pending)

    def respells(self, seen: set[Any]) -> bool:
        """Whether one of the classes does."""
        return any(option.respells(seen) for option in self.options)

    def accepts(self, value: Any) -> bool:
        """Whether it is an instance of one of the classes."""
        return any(option.accepts(value) for option in self.options)


class Fitting(Spec):
    """One of several objects, of which a value must fit just one; their properties tell them apart."""

    __slots__ = ("options",)
    kind = "an object"

    def __init__(self, *options: Nested) -> None:
        self.options = options

    def decode(self, pending: Pending) -> Convert:
        """Read the object that fits."""
        table = [(_needed(option), option.decode(pending)) for option in self.options]
        lenient = pending.lenient

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_dict):
                found.append((place, f"expected an object, got {kind_of(value)}"))
                return None
            entries: dict[str, Any] = value
            fits: list[tuple[Any, dict[str, Any]]] = []
            wrong: list[Found] = []
            for needed, option in table:
                if not needed <= entries.keys():
                    continue
                misfits: Found = []
                tried = copied(entries) if lenient else entries
                read = option(tried, place, misfits)
                if misfits:
                    wrong.append(misfits)
                else:
                    fits.append((read, tried))
            if len(fits) == 1:
                ((read, tried),) = fits
                if tried is not entries:  # it is without nulls that mean absence there
                    entries.clear()
                    entries.update(tried)
                return read
            if len(wrong) == 1 and not fits:
                found += wrong[0]
            elif fits:
                found.append((place, "fits several of the objects that it can be"))
            else:
                found.append((place, "fits none of the objects that it can be"))
            return None

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Take an instance of one of the classes, and see that it can be read again."""
        write, read = by_type(self.options, pending), self.decode(Pending())

        def convert(value: Any, place: Place, found: Found) -> Any:
            before = len(found)
            out = write(value, place, found)
            if len(found) == before:
                read(out, place, found)
            return out

        return convert

    def respells(self, seen: set[Any]) -> bool:
        """Whether one of the classes does."""
        return any(option.respells(seen) for option in self.options)

    def accepts(self, value: Any) -> bool:
        """Whether it is an instance of one of the classes."""
        return any(option.accepts(value) for option in self.options)


def _needed(option: Nested) -> frozenset[str]:
    spec = spec_of(option.target)
    return frozenset(field.wire for field in spec.fields if field.required)


def _choices(spec: Object, wire: str) -> tuple[str | float, ...]:
    """Return the constants that a property admits."""
    for field in spec.fields:
        typed = getattr(field.spec, "typed", field.spec)
        if field.wire == wire and isinstance(typed, Choice):
            return typed.values
    return ()


class OneOf(Spec):
    """One of several values that JSON itself tells apart: a string or a number, say."""

    __slots__ = ("options",)

    def __init__(self, *options: Spec) -> None:
        self.options = options

    def admits_null(self) -> bool:
        """Whether one of them is `null`."""
        return any(option.admits_null() for option in self.options)

    def respells(self, seen: set[Any]) -> bool:
        """Whether one of them does."""
        return any(option.respells(seen) for option in self.options)

    def decode(self, pending: Pending) -> Convert:
        """Pick by the JSON type."""
        table = {option.kind: option.decode(pending) for option in self.options}
        expected = one_of(str(kind) for kind in table)

        def convert(value: Any, place: Place, found: Found) -> Any:
            option = table.get(kind_of(value))
            if option is None:
                found.append((place, f"expected {expected}, got {kind_of(value)}"))
                return None
            return option(value, place, found)

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Pick by the Python type."""
        return by_type(self.options, pending)


def by_type(options: Iterable[Spec], pending: Pending) -> Convert:
    """Build the way to JSON of whichever option a value is an instance of."""
    table = [(option, option.encode(pending)) for option in options]

    def convert(value: Any, place: Place, found: Found) -> Any:
        for option, write in table:
            if option.accepts(value):
                return write(value, place, found)
        found.append((place, f"{kind_of(value)} isn't one of the types this can be"))
        return None

    return convert
