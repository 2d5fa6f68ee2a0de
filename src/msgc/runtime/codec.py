"""Payloads between JSON and Python, checked on the way in and on the way out.

A class declares its payload in `__codec__`, a tree of small specifications. On first use it is
compiled into closures, which convert and check in a single pass and collect every violation with
its JSON path. No message of this module quotes a payload: errors end in logs, and payloads are
often personal.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, ClassVar, Protocol, TypeVar

from . import json_text
from .checks import Convert, Found, Pending
from .containers import Array, Map, Nullable
from .errors import MessageError
from .frequent import REFUSALS, Building, Direct, Frequent
from .numeric import Integer, Number
from .objects import (
    UNSET,
    Field,
    HasDefaults,
    Model,
    Nested,
    Object,
    Unset,
    decoder_of,
    encoder_of,
    optional,
    required,
)
from .scalars import Anything, Boolean, Choice, Null, Spec, String

__all__ = [
    "UNSET",
    "Anything",
    "Array",
    "Boolean",
    "Choice",
    "Field",
    "HasDefaults",
    "Integer",
    "InvalidPayload",
    "Map",
    "Message",
    "Model",
    "Nested",
    "Null",
    "Nullable",
    "Number",
    "Object",
    "Spec",
    "String",
    "Unset",
    "Violation",
    "checker",
    "decode",
    "decode_text",
    "encode",
    "encode_text",
    "optional",
    "required",
    "write",
]


class Message(Model, Protocol):
    """A generated dataclass that is a message: its name on the wire and its EventBridge source."""

    __type__: ClassVar[str]
    __source__: ClassVar[str]


M = TypeVar("M", bound=Model)


def _read_straight(cls: Any, building: Building) -> Direct:
    from .reader import reader_of  # 3 ms with what it needs

    return reader_of(cls, building)


def _write_straight(cls: Any, building: Building) -> Direct:
    from .writer import writer_of  # as above

    return writer_of(cls, building)


_READERS = Frequent(_read_straight)
_WRITERS = Frequent(_write_straight)
_DECODERS: dict[Any, Convert] = {}
_ENCODERS: dict[Any, Convert] = {}


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


class InvalidPayload(MessageError, ValueError):  # it is what the payload is
    """A payload, read or about to be sent, that isn't what its schema says."""

    def __init__(self, message: str, violations: tuple[Violation, ...]) -> None:
        super().__init__(message, violations)
        self.message = message
        """The message's class."""
        self.violations = violations
        """Everything that is wrong with it."""

    def __str__(self) -> str:
        shown = "; ".join(str(violation) for violation in self.violations[:5])
        count = len(self.violations) - 5
        more = f"; and {count} more" if count > 0 else ""
        return f"{self.message} is invalid: {shown}{more}"


def decode(cls: type[M], value: object) -> M:
    """Return the message that a parsed JSON value says; raises `InvalidPayload`."""
    direct = _READERS.made.get(cls)
    if direct is None:
        _READERS.count(cls)
    else:
        try:
            read: M = direct(value)
        except REFUSALS:
            pass
        else:
            return read
    found: Found = []
    convert = _DECODERS.get(cls) or _compiled(cls, decoder_of, _DECODERS)
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
        value = json_text.parse(text)
    except json_text.UnclearText as error:
        violation = Violation((), f"is {error}")
        raise InvalidPayload(cls.__name__, (violation,)) from None
    return decode(cls, value)


def encode(message: Model) -> dict[str, Any]:
    """Return the JSON object of a message, checked; raises `InvalidPayload`."""
    found: Found = []
    cls = type(message)
    convert = _ENCODERS.get(cls) or _compiled(cls, encoder_of, _ENCODERS)
    try:
        value: dict[str, Any] = convert(message, None, found)
    except RecursionError:
        raise _too_deep(cls) from None
    if found:
        raise InvalidPayload(cls.__name__, _violations(found))
    return value


def encode_text(message: Model) -> str:
    """Return the JSON text of a message, compact and checked; raises `InvalidPayload`."""
    cls = type(message)
    direct = _WRITERS.made.get(cls)
    if direct is None:
        _WRITERS.count(cls)
    else:
        try:
            text: str = direct(message)
        except REFUSALS:
            pass
        else:
            if json_text.is_sendable(text):
                return text
    return write(encode(message))


def write(value: dict[str, Any]) -> str:
    """Return the JSON text of what `encode` returned, compact; raises `InvalidPayload`."""
    try:
        return json_text.write(value)
    except ValueError:  # of str(), as reading it would
        violation = Violation((), "has a number with more digits than programs read")
        message = "the payload"
        raise InvalidPayload(message, (violation,)) from None


def checker(specification: Object) -> Callable[[object], tuple[Violation, ...]]:
    """Return what finds what is wrong with a parsed JSON value, where there is no class."""
    convert = specification.decoder(dict, {})

    def check(value: object) -> tuple[Violation, ...]:
        found: Found = []
        try:
            convert(value, None, found)
        except RecursionError:
            found.append((None, "is nested too deeply"))
        return _violations(found)

    return check


def _compiled(
    cls: type[Any], build: Callable[[Any, Pending], Convert], done: dict[Any, Convert]
) -> Convert:
    """Build the conversions of a class and of all classes in it.

    They are published together: another thread must not find one whose parts aren't there yet.
    """
    pending: Pending = {}
    build(cls, pending)
    done.update(pending)
    return done[cls]


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
