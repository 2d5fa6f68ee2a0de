"""Specification of objects with a class of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

from .checks import Convert, Found, Pending, Place, a_dict, kind_of, lengths
from .scalars import Spec

if TYPE_CHECKING:
    from types import UnionType

    from ..protocols import Judge, Model, SpecOfMap


_Undeclared = Callable[[dict[str, Any], dict[str, Any], Place, Found], None]
"""Takes an object and the arguments of its class."""

NO_DEFAULT: Final = object()
"""The default of a property that has none."""


class HasDefaults:
    """A class with defaults: it remembers which properties had none of their own when it was read.

    So that these aren't written either. A copy that `dataclasses.replace` makes writes them all.
    """

    __slots__ = ("_as_read",)
    _as_read: Collection[str]
    """Properties that were absent; of those whose default is null, the ones that weren't."""


def as_read(message: HasDefaults) -> Collection[str]:
    """Return what a message remembers; one that was made has nothing to remember."""
    return getattr(message, "_as_read", ())


def remember(message: HasDefaults, wires: Collection[str]) -> None:
    """Let a message remember how it was read."""
    object.__setattr__(message, "_as_read", wires)


class Nested(Spec):
    """An object with a class of its own; a function that returns it, where it is recursive."""

    __slots__ = ("_target",)
    kind = "an object"

    def __init__(
        self, target: type[Model] | UnionType | Object | Callable[[], Any]
    ) -> None:
        self._target = target

    @property
    def target(self) -> Any:
        """The class, a union of those of a message, or a specification without one."""
        given = self._target
        return given() if isinstance(given, FunctionType) else given

    def decode(self, pending: Pending) -> Convert:
        """Make an instance of the class."""
        return decoder_of(self.target, pending)

    def encode(self, pending: Pending) -> Convert:
        """Take an instance of the class."""
        return encoder_of(self.target, pending)

    def respells(self, seen: set[Any]) -> bool:
        """Whether a field does."""
        target = self.target
        if target in seen:
            return False
        seen.add(target)
        spec = spec_of(target)
        if not hasattr(spec, "fields"):
            return bool(spec.respells(seen))
        if any(field.spec.respells(seen) for field in spec.fields):
            return True
        return spec.rest is not None and spec.rest[1].respells(seen)

    def accepts(self, value: Any) -> bool:
        """Whether it is an instance."""
        return isinstance(value, self.target)


class Field:
    """A property of an object: its name in JSON, and in Python where that differs."""

    __slots__ = ("default", "left_out", "name", "required", "spec", "wire")

    def __init__(
        self,
        wire: str,
        spec: Spec,
        *,
        required: bool,
        name: str | None,
        default: Any,
        left_out: object = None,
    ) -> None:
        self.wire = wire
        self.spec = spec
        self.required = required
        self.name = wire if name is None else name
        self.default = default
        """What its absence means, as it is in JSON; `NO_DEFAULT`: no more than that."""
        self.left_out = left_out
        """The value of an optional field that is absent."""


def required(wire: str, spec: Spec, *, name: str | None = None) -> Field:
    """Declare a property that must be there."""
    return Field(wire, spec, required=True, name=name, default=NO_DEFAULT)


def optional(
    wire: str, spec: Spec, *, name: str | None = None, default: Any = NO_DEFAULT
) -> Field:
    """Declare a property that may be absent: the class has its default.

    Left out is None; `unset.optional` tells the property's absence from null.
    """
    given = default is not None and default is not NO_DEFAULT
    # Where absence has a meaning of its own, null is a value like others.
    left_out = NO_DEFAULT if given and spec.admits_null() else None
    return Field(
        wire, spec, required=False, name=name, default=default, left_out=left_out
    )


class Object:
    """What a class is in JSON.

    Properties that aren't declared are ignored, unless it is `closed` (then they are errors) or
    `rest` says where they go: the name of a field, and what it is.
    """

    __slots__ = ("checks", "closed", "fields", "rest", "rules")

    def __init__(
        self,
        *fields: Field,
        closed: bool = False,
        rest: tuple[str, SpecOfMap] | None = None,
        min_properties: int | None = None,
        max_properties: int | None = None,
        rules: Judge | None = None,
    ) -> None:
        self.fields = fields
        self.closed = closed
        self.rest = rest
        self.rules = rules
        self.checks = lengths(min_properties, max_properties, "properties")

    @property
    def defaults(self) -> tuple[tuple[str, Any], ...]:
        """The properties that have one."""
        return tuple(
            (f.wire, f.default) for f in self.fields if f.default is not NO_DEFAULT
        )

    def decoder(self, make: Callable[..., Any], pending: Pending) -> Convert:
        """Build the way from JSON: a dict, checked, into `make`'s keyword arguments."""
        fields = [
            (f.wire, f.name, f.spec.decode(pending), f.required) for f in self.fields
        ]
        checks = self.checks
        rules = self.rules
        undeclared = self._undeclared(pending)
        defaults = () if make is dict else self.defaults
        absent = self._absent() if pending.lenient else ()

        def convert(value: Any, place: Place, found: Found) -> Any:
            if not isinstance(value, a_dict):
                found.append((place, f"expected an object, got {kind_of(value)}"))
                return None
            entries: dict[str, Any] = value
            if absent and None in entries.values():
                # In place: the rules of what this is a part of see it without them, too.
                for key in [k for k in absent if k in entries and entries[k] is None]:
                    del entries[key]
            before = len(found)
            arguments: dict[str, Any] = {}
            for wire, name, read, needed in fields:
                if wire in entries:
                    arguments[name] = read(entries[wire], (place, wire), found)
                elif needed:
                    found.append(((place, wire), "is required"))
            if undeclared is not None:
                undeclared(entries, arguments, place, found)
            for holds, message in checks:
                if not holds(entries):
                    found.append((place, message))
            if rules is not None and len(found) == before:
                rules.check(entries, place, found)
            if len(found) > before:
                return None
            made = make(**arguments)
            if defaults:
                odd = [w for w, value in defaults if (value is None) is (w in entries)]
                remember(made, odd)
            return made

        return convert

    def _absent(self) -> frozenset[str]:
        """Return the properties that a null leaves absent."""
        optional = (f for f in self.fields if not f.required)
        return frozenset(f.wire for f in optional if not f.spec.admits_null())

    def _undeclared(self, pending: Pending) -> _Undeclared | None:
        """Return what is done with properties that aren't declared; None: they are ignored."""
        known = frozenset(f.wire for f in self.fields)
        if self.rest is not None:
            name, item = self.rest[0], self.rest[1].values.decode(pending)

            def keep(entries: Any, arguments: Any, place: Place, found: Found) -> None:
                arguments[name] = {
                    key: item(value, (place, key), found)
                    for key, value in entries.items()
                    if key not in known
                }

            return keep
        if not self.closed:
            return None

        def refuse(entries: Any, arguments: Any, place: Place, found: Found) -> None:
            found += [
                ((place, key), "isn't a property of this object")
                for key in entries
                if key not in known
            ]

        return refuse

    def encoder(self, cls: type[Any], pending: Pending) -> Convert:
        """Build the way to JSON: an instance of the class into a dict."""
        from .encoders import object_encoder  # as those that only handle do without

        return object_encoder(self, cls, pending)


def decoder_of(target: Any, pending: Pending) -> Convert:
    """Build the way from JSON to a class, or to a dict where there is none."""
    spec = spec_of(target)
    if not hasattr(spec, "fields"):  # of a message that is one of several classes
        return _built(target, pending, lambda: spec.decode(pending))
    make: Callable[..., Any] = dict if spec is target else target
    return _built(target, pending, lambda: spec.decoder(make, pending))


def encoder_of(target: Any, pending: Pending) -> Convert:
    """Build the way from a class to JSON."""
    spec = spec_of(target)
    if not hasattr(spec, "fields"):
        return _built(target, pending, lambda: spec.encode(pending))
    return _built(target, pending, lambda: spec.encoder(target, pending))


def spec_of(target: Any) -> Any:
    """Return what a class declares, an `Object`; of a union of classes, what that is."""
    if isinstance(target, Object):
        return target
    members = getattr(target, "__args__", None)
    return (members[0].__whole__ if members else target).__codec__


def whole_of(cls: Any) -> Any:
    """Return what reads a message, given its class, or one of several, or their union."""
    first = getattr(cls, "__args__", (cls,))[0]
    return getattr(first, "__whole__", first)


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
