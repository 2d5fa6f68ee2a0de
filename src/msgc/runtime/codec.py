"""Payloads between JSON and Python, checked on the way in and on the way out.

A class declares its payload in `__codec__`, a tree of small specifications. On first use it is
compiled into closures, which convert and check in a single pass and collect every violation with
its JSON path. No message of this module quotes a payload: errors end in logs, and payloads are
often personal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, ClassVar, Protocol, TypeVar

Place = tuple[Any, "str | int"] | None
"""Where a value stands: the place of what contains it, and its key there; None is the root."""
Found = list[tuple[Place, str]]
Convert = Callable[[Any, Place, Found], Any]
"""Converts a value; adds what is wrong with it to the list, and the result is then of no use."""
Pending = dict[Any, Convert]
"""Classes whose conversion is being built: recursive ones find themselves here."""


class Model(Protocol):
    """A generated dataclass."""

    __codec__: ClassVar[Object]


class Message(Model, Protocol):
    """A generated dataclass that is a message: its name on the wire and its EventBridge source."""

    __type__: ClassVar[str]
    __source__: ClassVar[str]


M = TypeVar("M", bound=Model)

# Spelled so that type checkers don't narrow JSON values to dict[Unknown, Unknown].
_dict: Any = dict
_list: Any = list
_sequence: Any = (tuple, list)


class Violation:
    """One thing that is wrong with a payload, and where: `("items", 0, "sku")`."""

    __slots__ = ("message", "path")

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"

    def __repr__(self) -> str:
        return f"Violation({self.path!r}, {self.message!r})"

    @property
    def where(self) -> str:
        """The place as a JSON path: `$.items[0].sku`."""
        out = "$"
        for step in self.path:
            if isinstance(step, str) and step.isidentifier():
                out += f".{step}"
            else:
                out += f"[{json.dumps(step)}]"
        return out


class InvalidPayload(ValueError):  # it is what the payload is
    """A payload, read or about to be sent, that isn't what its schema says."""

    def __init__(self, message: str, violations: tuple[Violation, ...]) -> None:
        shown = "; ".join(str(violation) for violation in violations[:5])
        more = f"; and {len(violations) - 5} more" if len(violations) > 5 else ""
        super().__init__(f"{message} is invalid: {shown}{more}")
        self.message = message
        """The message's class."""
        self.violations = violations
        """Everything that is wrong with it."""


# --- what other modules call --------------------------------------------------------------------


def decode(cls: type[M], value: object) -> M:
    """Return the message that a parsed JSON value says; raises `InvalidPayload`."""
    found: Found = []
    convert = _DECODERS.get(cls) or _decoder(cls, {})
    try:
        message: M = convert(value, None, found)
    except RecursionError:
        raise _too_deep(cls) from None
    if found:
        raise InvalidPayload(cls.__name__, _violations(found))
    return message


def decode_text(cls: type[M], text: str | bytes) -> M:
    """Return the message that a JSON text says; raises `InvalidPayload`."""
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        reason = (
            "is nested too deeply" if isinstance(error, RecursionError) else str(error)
        )
        violation = Violation(
            (), reason if isinstance(error, RecursionError) else f"no JSON: {reason}"
        )
        raise InvalidPayload(cls.__name__, (violation,)) from error
    return decode(cls, value)


def encode(message: Model) -> dict[str, Any]:
    """Return the JSON object of a message, checked; raises `InvalidPayload`."""
    found: Found = []
    cls = type(message)
    convert = _ENCODERS.get(cls) or _encoder(cls, {})
    try:
        value: dict[str, Any] = convert(message, None, found)
    except RecursionError:
        raise _too_deep(cls) from None
    if found:
        raise InvalidPayload(cls.__name__, _violations(found))
    return value


def encode_text(message: Model) -> str:
    """Return the JSON text of a message, compact and checked; raises `InvalidPayload`."""
    return write(encode(message))


def write(value: dict[str, Any]) -> str:
    """Return the JSON text of what `encode` returned.

    Text beyond ASCII stays as it is, being shorter, unless it has characters that SQS refuses:
    then they are escaped.
    """
    text = _write(value)
    if not text.isascii() and re.search("[\ud800-\udfff\ufffe\uffff]", text):
        text = _write_ascii(value)
    return text


def check(specification: Object, value: object) -> tuple[Violation, ...]:
    """Return what is wrong with a parsed JSON value, by a specification that has no class."""
    found: Found = []
    try:
        specification.decoder(dict, {})(value, None, found)
    except RecursionError:
        found.append((None, "is nested too deeply"))
    return _violations(found)


_write = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode
_write_ascii = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


def _refuse(constant: str) -> None:
    message = f"{constant} is no number"
    raise ValueError(message)


def _too_deep(cls: type[Any]) -> InvalidPayload:
    return InvalidPayload(cls.__name__, (Violation((), "is nested too deeply"),))


def _violations(found: Found) -> tuple[Violation, ...]:
    out: list[Violation] = []
    for place, message in found:
        path: list[str | int] = []
        step = place
        while step is not None:
            path.append(step[1])
            step = step[0]
        out.append(Violation(tuple(reversed(path)), message))
    return tuple(out)


# --- classes and their conversions, built once ----------------------------------------------------

_DECODERS: dict[type, Convert] = {}
_ENCODERS: dict[type, Convert] = {}


def _decoder(target: Any, pending: Pending) -> Convert:
    return _built(
        target, pending, _DECODERS, lambda t: _spec(t).decoder(_maker(t), pending)
    )


def _encoder(target: Any, pending: Pending) -> Convert:
    return _built(target, pending, _ENCODERS, lambda t: _spec(t).encoder(t, pending))


def _built(
    target: Any,
    pending: Pending,
    done: dict[type, Convert],
    build: Callable[[Any], Convert],
) -> Convert:
    """Return the conversion of a class; other threads never see a half-built one."""
    if target in done:
        return done[target]
    if target in pending:
        return pending[target]
    built: Convert | None = None

    def recursive(value: Any, place: Place, found: Found) -> Any:
        return built(value, place, found) if built else None

    pending[target] = recursive
    built = pending[target] = build(target)
    if isinstance(target, type):
        done[target] = built
    return built


def _spec(target: Any) -> Object:
    spec: Object = target if isinstance(target, Object) else target.__codec__
    return spec


def _maker(target: Any) -> Callable[..., Any]:
    maker: Callable[..., Any] = dict if isinstance(target, Object) else target
    return maker


# --- declarations ---------------------------------------------------------------------------------


class Spec:
    """What a value may be; `kind` is what JSON calls it (see `_kind`), None for several."""

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
        return _kind(value) == self.kind


class Anything(Spec):
    """Any JSON value, as `json` gives it."""

    __slots__ = ()

    def decode(self, pending: Pending) -> Convert:
        """Take it as it is."""
        return lambda value, place, found: value

    def encode(self, pending: Pending) -> Convert:
        """Take what JSON has."""
        return _plain


class Null(Spec):
    """`null`."""

    __slots__ = ()
    kind = "null"

    def decode(self, pending: Pending) -> Convert:
        """Take None."""
        return _same("null", type(None), ())

    encode = decode


class Boolean(Spec):
    """`true` or `false`."""

    __slots__ = ()
    kind = "a boolean"

    def decode(self, pending: Pending) -> Convert:
        """Take bool."""
        return _same("a boolean", bool, ())

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
                (lambda text: len(text) >= min_length, _characters("least", min_length))
            )
        if max_length is not None:
            checks.append(
                (lambda text: len(text) <= max_length, _characters("most", max_length))
            )
        if pattern is not None:
            checks.append(
                (_Pattern(pattern).found, f"doesn't match the pattern {pattern}")
            )
        self.checks = tuple(checks)

    def decode(self, pending: Pending) -> Convert:
        """Take str; a format gives its Python type."""
        text = _same("a string", str, self.checks)
        if self.format is None:
            return text
        read = _format(self.format).read
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
        text = _same("a string", str, self.checks)
        if self.format is None:
            return text
        form = _format(self.format)

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not form.accepts(value):
                found.append((place, f"expected {form.type}, got {_kind(value)}"))
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
            else _format(self.format).accepts(value)
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
        self.checks = _bounds(
            minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of
        )

    def decode(self, pending: Pending) -> Convert:
        """Take int, and float without a fraction."""
        checks = self.checks

        def convert(value: Any, place: Place, found: Found) -> Any:
            if type(value) is not int:
                if isinstance(value, bool) or not isinstance(value, int | float):
                    found.append((place, f"expected an integer, got {_kind(value)}"))
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
        self.checks = _bounds(
            minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of
        )
        if enum is not None:
            problem = "expected " + _one_of(json.dumps(number) for number in enum)
            one_of_them: Check = (lambda number: number in enum, problem)
            self.checks = (*self.checks, one_of_them)

    def decode(self, pending: Pending) -> Convert:
        """Take int and float; NaN and the infinities are no JSON numbers."""
        checks = self.checks
        decimal = _decimal() if self.decimal else None

        def convert(value: Any, place: Place, found: Found) -> Any:
            if type(value) is not float and type(value) is not int:
                found.append((place, f"expected a number, got {_kind(value)}"))
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
        decimal = _decimal() if self.decimal else None

        def convert(value: Any, place: Place, found: Found) -> Any:
            if decimal is not None and isinstance(value, decimal):
                number = _from_decimal(decimal, value)
                if number is None:
                    found.append((place, "has more digits than a JSON number carries"))
                    return None
                value = number
            elif isinstance(value, bool) or not isinstance(value, int | float):
                expected = "a Decimal" if decimal else "a number"
                found.append((place, f"expected {expected}, got {_kind(value)}"))
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
        return _kind(value) == self.kind or (
            self.decimal and isinstance(value, _decimal())
        )


_LARGEST = 1.7976931348623157e308


class Choice(Spec):
    """One of a few values: JSON Schema's `enum` and `const`."""

    __slots__ = ("kind", "values")

    def __init__(self, *values: str | float) -> None:
        self.values = values
        self.kind = _kind(values[0])

    def decode(self, pending: Pending) -> Convert:
        """Take the values; 1.0 is 1, `true` isn't."""
        kind = self.kind
        table = {value: value for value in self.values}
        message = "expected " + _one_of(json.dumps(value) for value in self.values)

        def convert(value: Any, place: Place, found: Found) -> Any:
            if _kind(value) != kind:
                found.append((place, f"{message}, got {_kind(value)}"))
                return None
            if value not in table:
                found.append((place, message))
                return None
            return table[value]

        return convert

    encode = decode

    def accepts(self, value: Any) -> bool:
        """Whether it is of the values' type."""
        return _kind(value) == self.kind


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
                (lambda items: len(items) >= min_items, _items("least", min_items))
            )
        if max_items is not None:
            checks.append(
                (lambda items: len(items) <= max_items, _items("most", max_items))
            )
        if unique:
            checks.append((_all_different, "expected items that are all different"))
        self.checks = tuple(checks)

    def decode(self, pending: Pending) -> Convert:
        """Take a list."""
        item = self.items.decode(pending)
        checks = self.checks

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, _list):
                found.append((place, f"expected an array, got {_kind(value)}"))
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
            if not isinstance(value, _sequence):
                found.append((place, f"expected a tuple, got {_kind(value)}"))
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
        self.checks = _properties(min_properties, max_properties)

    def decode(self, pending: Pending) -> Convert:
        """Take a dict."""
        return self._convert(self.values.decode(pending))

    def encode(self, pending: Pending) -> Convert:
        """Take a dict with text for keys."""
        return self._convert(self.values.encode(pending))

    def _convert(self, item: Convert) -> Convert:
        checks = self.checks

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, _dict):
                found.append((place, f"expected an object, got {_kind(value)}"))
                return None
            entries: dict[Any, Any] = value
            for holds, message in checks:
                if not holds(entries):
                    found.append((place, message))
            for key in entries:
                if type(key) is not str:
                    found.append((place, f"expected strings as keys, got {_kind(key)}"))
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
        return _decoder(self.target, pending)

    def encode(self, pending: Pending) -> Convert:
        """Take an instance of the class."""
        return _encoder(self.target, pending)

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
            for value in _spec(option.target).choices(tag):
                table[_kind(value), value] = convert_option
        message = "expected " + _one_of(json.dumps(value) for _, value in table)

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, _dict):
                found.append((place, f"expected an object, got {_kind(value)}"))
                return None
            entries: dict[str, Any] = value
            if tag not in entries:
                found.append(((place, tag), "is required"))
                return None
            name = entries[tag]
            option = None
            if isinstance(name, str | int | float):
                option = table.get((_kind(name), name))
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
        expected = _one_of(str(kind) for kind in table)

        def convert(value: Any, place: Place, found: Found) -> Any:
            option = table.get(_kind(value))
            if option is None:
                found.append((place, f"expected {expected}, got {_kind(value)}"))
                return None
            return option(value, place, found)

        return convert

    def encode(self, pending: Pending) -> Convert:
        """Pick by the Python type."""
        return _by_type(self.options, pending)


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

    __slots__ = ("checks", "closed", "fields", "rest")

    def __init__(
        self,
        *fields: Field,
        closed: bool = False,
        rest: tuple[str, Spec] | None = None,
        min_properties: int | None = None,
        max_properties: int | None = None,
    ) -> None:
        self.fields = fields
        self.closed = closed
        self.rest = rest
        self.checks = _properties(min_properties, max_properties)

    def choices(self, wire: str) -> tuple[str | float, ...]:
        """Return the constants that a property admits."""
        for field in self.fields:
            if field.wire == wire and isinstance(field.spec, Choice):
                return field.spec.values
        return ()

    def decoder(self, make: Callable[..., Any], pending: Pending) -> Convert:
        """Build the way from JSON: a dict, checked, into `make`'s keyword arguments."""
        fields = [
            (f.wire, f.name, f.spec.decode(pending), f.required) for f in self.fields
        ]
        known = frozenset(f.wire for f in self.fields)
        checks = self.checks
        rest = self.rest
        rest_value = rest[1].decode(pending) if rest else None
        strict = self.closed or rest is not None

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, _dict):
                found.append((place, f"expected an object, got {_kind(value)}"))
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
            return make(**arguments) if len(found) == before else None

        return convert

    def encoder(self, cls: type[Any], pending: Pending) -> Convert:
        """Build the way to JSON: an instance of the class into a dict."""
        fields = [(f.wire, f.spec.encode(pending), not f.required) for f in self.fields]
        known = frozenset(f.wire for f in self.fields)
        values_of = _values_of([f.name for f in self.fields])
        checks = self.checks
        rest = self.rest
        rest_values = Map(rest[1]).encode(pending) if rest else None

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, cls):
                found.append(
                    (place, f"expected {_article(cls.__name__)}, got {_kind(value)}")
                )
                return None
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
            return out

        return convert


# --- checks ---------------------------------------------------------------------------------------

Check = tuple[Callable[[Any], bool], str]
"""What must hold of a value as it is in JSON, and what to say if it doesn't."""


def _same(kind: str, cls: type, checks: tuple[Check, ...]) -> Convert:
    def convert(value: Any, place: Place, found: Found) -> Any:
        if not isinstance(value, cls):
            found.append((place, f"expected {kind}, got {_kind(value)}"))
            return None
        for holds, message in checks:
            if not holds(value):
                found.append((place, message))
        return value

    return convert


def _by_type(options: Iterable[Spec], pending: Pending) -> Convert:
    table = [(option, option.encode(pending)) for option in options]

    def convert(value: Any, place: Place, found: Found) -> Any:
        for option, write in table:
            if option.accepts(value):
                return write(value, place, found)
        found.append((place, f"{_kind(value)} isn't one of the types this can be"))
        return None

    return convert


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads several attributes at once; `attrgetter` of one name gives no tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


def _plain(value: Any, place: Place, found: Found) -> Any:
    """Convert what has no specification: whatever JSON can say."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, _sequence):
        elements: Iterable[Any] = value
        return [_plain(v, (place, i), found) for i, v in enumerate(elements)]
    if isinstance(value, _dict):
        entries: dict[Any, Any] = value
        for key in entries:
            if type(key) is not str:
                found.append((place, f"expected strings as keys, got {_kind(key)}"))
        return {key: _plain(v, (place, key), found) for key, v in entries.items()}
    if isinstance(value, float) and value - value == 0:
        return value
    found.append((place, f"expected a JSON value, got {_kind(value)}"))
    return None


def _kind(value: Any) -> str:
    """Return what JSON calls a value, with its article; other objects by their class."""
    if isinstance(value, str):
        return "a string"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, _dict):
        return "an object"
    if isinstance(value, _list):
        return "an array"
    return _article(type(value).__name__)


def _article(name: str) -> str:
    return f"{'an' if name[:1] in 'AEIOaeiou' else 'a'} {name}"


def _one_of(words: Iterable[str]) -> str:
    out = list(words)
    if len(out) > 12:
        return ", ".join(out[:12]) + ", ..."
    return " or ".join([", ".join(out[:-1]), out[-1]] if len(out) > 1 else out)


def _characters(which: str, limit: int) -> str:
    return f"expected at {which} {limit} character{'' if limit == 1 else 's'}"


def _items(which: str, limit: int) -> str:
    return f"expected at {which} {limit} item{'' if limit == 1 else 's'}"


def _properties(least: int | None, most: int | None) -> tuple[Check, ...]:
    checks: list[Check] = []
    for limit, which in ((least, "least"), (most, "most")):
        if limit is not None:
            word = f"expected at {which} {limit} propert{'y' if limit == 1 else 'ies'}"
            checks.append(
                (_at_least(limit) if which == "least" else _at_most(limit), word)
            )
    return tuple(checks)


def _at_least(limit: int) -> Callable[[Any], bool]:
    return lambda entries: len(entries) >= limit


def _at_most(limit: int) -> Callable[[Any], bool]:
    return lambda entries: len(entries) <= limit


def _bounds(
    minimum: float | None,
    maximum: float | None,
    above: float | None,
    below: float | None,
    multiple_of: float | None,
) -> tuple[Check, ...]:
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
        decimal = _decimal()
        top, bottom = decimal(repr(number)).as_integer_ratio()
        unit_top, unit_bottom = decimal(repr(unit)).as_integer_ratio()
        multiple: bool = top * unit_bottom % (bottom * unit_top) == 0
        return multiple

    return holds


def _all_different(items: list[Any]) -> bool:
    return len({_canonical(item) for item in items}) == len(items)


def _canonical(value: Any) -> Any:
    """Return what is equal for equal JSON values: 1 and 1.0 are, 1 and `true` aren't."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, _list):
        elements: list[Any] = value
        return ("array", tuple([_canonical(item) for item in elements]))
    if isinstance(value, _dict):
        entries: dict[str, Any] = value
        return (
            "object",
            frozenset([(key, _canonical(v)) for key, v in entries.items()]),
        )
    return value


class _Pattern:
    """A regular expression, compiled when it is first needed."""

    __slots__ = ("_search", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._search: Callable[[str], Any] | None = None

    def found(self, text: str) -> bool:
        if self._search is None:
            self._search = re.compile(self._text).search
        return self._search(text) is not None


# --- formats: text in JSON, a type of its own in Python; imported when a message needs them ----------


class _Format:
    __slots__ = ("accepts", "read", "type", "write")

    def __init__(
        self,
        type: str,  # its name in messages
        accepts: Callable[[Any], bool],
        read: Callable[[str], Any],
        write: Callable[[Any], str],
    ) -> None:
        self.type = type
        self.accepts = accepts
        self.read = read
        self.write = write


_FORMATS: dict[str, _Format] = {}


def _format(name: str) -> _Format:
    if name not in _FORMATS:
        _FORMATS[name] = _MAKE_FORMAT[name]()
    return _FORMATS[name]


def _uuid() -> _Format:
    from uuid import UUID  # 3 ms

    hexadecimal = "[0-9A-Fa-f]"
    # UUID() also takes braces, a urn and no hyphens at all
    shape = re.compile(
        f"{hexadecimal}{{8}}(-{hexadecimal}{{4}}){{3}}-{hexadecimal}{{12}}"
    )

    def read(text: str) -> Any:
        return UUID(_matching(shape, text))

    return _Format("a UUID", lambda value: isinstance(value, UUID), read, str)


def _date_time() -> _Format:
    from datetime import datetime, timedelta  # 2 ms

    # fromisoformat takes more than RFC 3339: weeks, no separators, no offset
    shape = re.compile(
        r"\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?([Zz]|[-+]([01]\d|2[0-3]):[0-5]\d)",
        re.ASCII,
    )

    def read(text: str) -> Any:
        _matching(shape, text)
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
        if text.endswith("+00:00"):
            return f"{text[:-6]}Z"
        if len(text) < 25 or text[-6] not in "+-":
            message = "expected a datetime with a time zone, in whole minutes from UTC"
            raise ValueError(message)
        return text

    return _Format("a datetime", lambda value: isinstance(value, datetime), read, write)


def _date() -> _Format:
    from datetime import date, datetime  # 2 ms

    shape = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

    def accepts(value: Any) -> bool:
        return isinstance(value, date) and not isinstance(value, datetime)

    def read(text: str) -> Any:
        return date.fromisoformat(_matching(shape, text))

    return _Format("a date", accepts, read, str)


def _decimal_text() -> _Format:
    decimal = _decimal()
    shape = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)", re.ASCII)

    def read(text: str) -> Any:
        return decimal(_matching(shape, text))

    def write(value: Any) -> str:
        if not value.is_finite():
            message = "expected a finite number"
            raise ValueError(message)
        return f"{value:f}"

    return _Format("a Decimal", lambda value: isinstance(value, decimal), read, write)


def _matching(shape: re.Pattern[str], text: str) -> str:
    if shape.fullmatch(text) is None:
        raise ValueError(text)
    return text


def _decimal() -> type[Any]:
    from decimal import Decimal  # 2 ms

    return Decimal


def _from_decimal(decimal: type[Any], value: Any) -> int | float | None:
    """Return the JSON number that reads back as the same Decimal, if there is one."""
    if not value.is_finite():
        return None
    if value.adjusted() < 309 and value == value.to_integral_value():
        return int(value)
    number = float(value)
    return number if decimal(repr(number)) == value else None


_MAKE_FORMAT: dict[str, Callable[[], _Format]] = {
    "uuid": _uuid, "date-time": _date_time, "date": _date, "decimal": _decimal_text,
}  # fmt: skip
