"""Values with parts: arrays, maps, unions, and objects with a class of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, ClassVar, Protocol

from .checks import (
    Check,
    Convert,
    Found,
    Pending,
    Place,
    a_dict,
    a_list,
    a_sequence,
    all_different,
    article,
    counted,
    items_word,
    kind_of,
    one_of,
)
from .scalars import Choice, Spec


class Model(Protocol):
    """A generated dataclass."""

    __codec__: ClassVar[Object]


class Array(Spec):
    """A list: a tuple in Python."""

    __slots__ = ("checks", "items")
    kind = "an array"

    def __init__(
        self,
        items: Spec,
        *,
        min_items: int | None = None,
        max_items: int | None = None,
        unique: bool = False,
    ) -> None:
        self.items = items
        checks: list[Check] = []
        if min_items is not None:
            checks.append(
                (lambda items: len(items) >= min_items, items_word("least", min_items))
            )
        if max_items is not None:
            checks.append(
                (lambda items: len(items) <= max_items, items_word("most", max_items))
            )
        if unique:
            checks.append((all_different, "expected items that are all different"))
        self.checks = tuple(checks)

    def decode(self, pending: Pending) -> Convert:
        """Take a list."""
        item = self.items.decode(pending)
        checks = self.checks

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_list):
                found.append((place, f"expected an array, got {kind_of(value)}"))
                return None
            elements: list[Any] = value
            for holds, message in checks:
                if not holds(elements):
                    found.append((place, message))
            return tuple([item(v, (place, i), found) for i, v in enumerate(elements)])

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Take a tuple or a list."""
        item = self.items.encode(pending)
        checks = self.checks

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

    def accepts(self, value: Any) -> bool:
        """Whether it is a tuple, or a list."""
        return isinstance(value, a_sequence)


class Map(Spec):
    """An object whose keys aren't known: `dict[str, T]`."""

    __slots__ = ("checks", "values")
    kind = "an object"

    def __init__(
        self,
        values: Spec,
        *,
        min_properties: int | None = None,
        max_properties: int | None = None,
    ) -> None:
        self.values = values
        self.checks = counted(min_properties, max_properties)

    def decode(self, pending: Pending) -> Convert:
        """Take a dict."""
        return self._convert(self.values.decode(pending))

    def encode(self, pending: Pending) -> Convert:
        """Take a dict with text for keys."""
        return self._convert(self.values.encode(pending))

    def _convert(self, item: Convert) -> Convert:
        checks = self.checks

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_dict):
                found.append((place, f"expected an object, got {kind_of(value)}"))
                return None
            entries: dict[Any, Any] = value
            for holds, message in checks:
                if not holds(entries):
                    found.append((place, message))
            for key in entries:
                if type(key) is not str:
                    found.append(
                        (place, f"expected strings as keys, got {kind_of(key)}")
                    )
            return {key: item(v, (place, key), found) for key, v in entries.items()}

        return convert


class Nested(Spec):
    """An object with a class of its own; a function that returns it, where it is recursive."""

    __slots__ = ("_target",)
    kind = "an object"

    def __init__(self, target: type[Model] | Object | Callable[[], Any]) -> None:
        self._target = target

    @property
    def target(self) -> Any:
        """The class, or a specification without one."""
        if isinstance(self._target, type | Object):
            return self._target
        return self._target()

    def decode(self, pending: Pending) -> Convert:
        """Make an instance of the class."""
        return decoder_of(self.target, pending)

    def encode(self, pending: Pending) -> Convert:
        """Take an instance of the class."""
        return encoder_of(self.target, pending)

    def accepts(self, value: Any) -> bool:
        """Whether it is an instance."""
        return isinstance(value, self.target)


class Nullable(Spec):
    """A value or `null`."""

    __slots__ = ("inner",)

    def __init__(self, inner: Spec) -> None:
        self.inner = inner

    def decode(self, pending: Pending) -> Convert:
        """Take None, or the value."""
        return self._convert(self.inner.decode(pending))

    def encode(self, pending: Pending) -> Convert:
        """Take None, or the value."""
        return self._convert(self.inner.encode(pending))

    def _convert(self, inner: Convert) -> Convert:
        def convert(value: Any, place: Place, found: Found) -> Any:
            return None if value is None else inner(value, place, found)

        return convert


class Tagged(Spec):
    """One of several objects, told apart by a property with a constant in each."""

    __slots__ = ("options", "tag")
    kind = "an object"

    def __init__(self, tag: str, *options: Nested) -> None:
        self.tag = tag
        self.options = options

    def decode(self, pending: Pending) -> Convert:
        """Read the tag, then the object."""
        tag = self.tag
        table: dict[tuple[str, Any], Convert] = {}
        for option in self.options:
            convert_option = option.decode(pending)
            for value in spec_of(option.target).choices(tag):
                table[kind_of(value), value] = convert_option
        message = "expected " + one_of(json.dumps(value) for _, value in table)

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_dict):
                found.append((place, f"expected an object, got {kind_of(value)}"))
                return None
            entries: dict[str, Any] = value
            if tag not in entries:
                found.append(((place, tag), "is required"))
                return None
            name = entries[tag]
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
        return _by_type(self.options, pending)

    def accepts(self, value: Any) -> bool:
        """Whether it is an instance of one of the classes."""
        return any(option.accepts(value) for option in self.options)


class OneOf(Spec):
    """One of several values that JSON itself tells apart: a string or a number, say."""

    __slots__ = ("options",)

    def __init__(self, *options: Spec) -> None:
        self.options = options

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
        return _by_type(self.options, pending)


class Rules(Protocol):
    """What an object must fit beyond its properties: `rules.Rules`, which few messages need."""

    def check(self, value: Any, place: Place, found: Found) -> None:
        """Add what is wrong with a value."""


class Field:
    """A property of an object: its name in JSON, and in Python where that differs."""

    __slots__ = ("name", "required", "spec", "wire")

    def __init__(
        self, wire: str, spec: Spec, *, required: bool, name: str | None
    ) -> None:
        self.wire = wire
        self.spec = spec
        self.required = required
        self.name = wire if name is None else name


def required(wire: str, spec: Spec, *, name: str | None = None) -> Field:
    """Declare a property that must be there."""
    return Field(wire, spec, required=True, name=name)


def optional(wire: str, spec: Spec, *, name: str | None = None) -> Field:
    """Declare a property that may be absent: the class has its default; None is left out."""
    return Field(wire, spec, required=False, name=name)


class Object:
    """What a class is in JSON.

    Properties that aren't declared are ignored, unless it is `closed` (then they are errors) or
    `rest` says where they go: the name of a field, and what their values are.
    """

    __slots__ = ("checks", "closed", "fields", "rest", "rules")

    def __init__(
        self,
        *fields: Field,
        closed: bool = False,
        rest: tuple[str, Spec] | None = None,
        min_properties: int | None = None,
        max_properties: int | None = None,
        rules: Rules | None = None,
    ) -> None:
        self.fields = fields
        self.closed = closed
        self.rest = rest
        self.rules = rules
        self.checks = counted(min_properties, max_properties)

    def choices(self, wire: str) -> tuple[str | float, ...]:
        """Return the constants that a property admits."""
        for field in self.fields:
            spec = getattr(field.spec, "typed", field.spec)
            if field.wire == wire and isinstance(spec, Choice):
                return spec.values
        return ()

    def decoder(self, make: Callable[..., Any], pending: Pending) -> Convert:
        """Build the way from JSON: a dict, checked, into `make`'s keyword arguments."""
        fields = [
            (f.wire, f.name, f.spec.decode(pending), f.required) for f in self.fields
        ]
        known = frozenset(f.wire for f in self.fields)
        checks = self.checks
        rules = self.rules
        rest = self.rest
        rest_value = rest[1].decode(pending) if rest else None
        strict = self.closed or rest is not None

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_dict):
                found.append((place, f"expected an object, got {kind_of(value)}"))
                return None
            entries: dict[str, Any] = value
            before = len(found)
            arguments: dict[str, Any] = {}
            for wire, name, read, needed in fields:
                if wire in entries:
                    arguments[name] = read(entries[wire], (place, wire), found)
                elif needed:
                    found.append(((place, wire), "is required"))
            if strict:
                others = [key for key in entries if key not in known]
                if rest is not None and rest_value is not None:
                    arguments[rest[0]] = {
                        key: rest_value(entries[key], (place, key), found)
                        for key in others
                    }
                else:
                    found += [
                        ((place, key), "isn't a property of this object")
                        for key in others
                    ]
            for holds, message in checks:
                if not holds(entries):
                    found.append((place, message))
            if rules is not None and len(found) == before:
                rules.check(entries, place, found)
            return make(**arguments) if len(found) == before else None

        return convert

    def encoder(self, cls: type[Any], pending: Pending) -> Convert:
        """Build the way to JSON: an instance of the class into a dict."""
        fields = [(f.wire, f.spec.encode(pending), not f.required) for f in self.fields]
        known = frozenset(f.wire for f in self.fields)
        values_of = _values_of([f.name for f in self.fields])
        checks = self.checks
        rules = self.rules
        rest = self.rest
        rest_values = Map(rest[1]).encode(pending) if rest else None

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, cls):
                found.append(
                    (place, f"expected {article(cls.__name__)}, got {kind_of(value)}")
                )
                return None
            before = len(found)
            out: dict[str, Any] = {}
            for (wire, write, may_lack), item in zip(
                fields, values_of(value), strict=True
            ):
                if item is None and may_lack:
                    continue
                out[wire] = write(item, (place, wire), found)
            if rest is not None and rest_values is not None:
                others: dict[str, Any] = rest_values(
                    getattr(value, rest[0]), place, found
                )
                for key in others or ():
                    if key in known:
                        found.append(
                            ((place, key), f"has a field of its own, not `{rest[0]}`")
                        )
                out.update(others or {})
            for holds, message in checks:
                if not holds(out):
                    found.append((place, message))
            if rules is not None and len(found) == before:
                rules.check(out, place, found)
            return out

        return convert


# Classes and their conversions


def decoder_of(target: Any, pending: Pending) -> Convert:
    """Build the way from JSON to a class, or to a dict where there is none."""
    spec = spec_of(target)
    make: Callable[..., Any] = dict if spec is target else target
    return _built(target, pending, lambda: spec.decoder(make, pending))


def encoder_of(target: Any, pending: Pending) -> Convert:
    """Build the way from a class to JSON."""
    return _built(target, pending, lambda: spec_of(target).encoder(target, pending))


def spec_of(target: Any) -> Object:
    """Return what a class declares."""
    spec: Object = target if isinstance(target, Object) else target.__codec__
    return spec


def _built(target: Any, pending: Pending, build: Callable[[], Convert]) -> Convert:
    """Build the conversion of a class once; a recursive one refers to itself."""
    if target in pending:
        return pending[target]
    built: Convert | None = None

    def recursive(value: Any, place: Place, found: Found) -> Any:
        return built(value, place, found) if built else None

    pending[target] = recursive
    built = pending[target] = build()
    return built


def _by_type(options: Iterable[Spec], pending: Pending) -> Convert:
    table = [(option, option.encode(pending)) for option in options]

    def convert(value: Any, place: Place, found: Found) -> Any:
        for option, write in table:
            if option.accepts(value):
                return write(value, place, found)
        found.append((place, f"{kind_of(value)} isn't one of the types this can be"))
        return None

    return convert


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads several attributes at once; `attrgetter` of one name gives no tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])
