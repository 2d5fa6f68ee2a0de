"""Payloads between JSON and Python, checked on the way in and on the way out.

A class declares its payload in `__codec__`, a tree of small specifications. On first use it is
compiled into closures, which convert and check in a single pass and collect every violation with
its JSON path. No message of this module quotes a payload: errors end in logs, and payloads are
often personal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from . import json_text
from .arrays import Array
from .checks import TOO_DEEP, Convert, Found, Pending
from .frequent import REFUSALS, Building, Direct, Frequent
from .numeric import Integer, Number
from .objects import (
    Field,
    HasDefaults,
    Nested,
    Object,
    decoder_of,
    encoder_of,
    optional,
    required,
)
from .scalars import Anything, Boolean, Choice, Null, Spec, String

if TYPE_CHECKING:
    from ..protocols import Model
    from .violations import InvalidPayload

__all__ = [
    "Anything",
    "Array",
    "Boolean",
    "Choice",
    "Field",
    "HasDefaults",
    "Integer",
    "Nested",
    "Null",
    "Number",
    "Object",
    "Spec",
    "String",
    "decode",
    "decode_text",
    "encode",
    "encode_text",
    "optional",
    "required",
    "write",
]


M = TypeVar("M", bound="Model")


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
        found = [TOO_DEEP]
    else:
        if not found:
            return message
    raise _invalid(cls.__name__, found)


def decode_text(cls: type[M], text: str | bytes) -> M:
    """Return the message that a JSON text says; raises `InvalidPayload`."""
    try:
        value = json_text.parse(text)
    except json_text.UnclearText as error:
        raise _invalid(cls.__name__, [(None, f"is {error}")]) from None
    return decode(cls, value)


def encode(message: Model) -> dict[str, Any]:
    """Return the JSON object of a message, checked; raises `InvalidPayload`."""
    found: Found = []
    cls = type(message)
    convert = _ENCODERS.get(cls) or _compiled(cls, encoder_of, _ENCODERS)
    try:
        value: dict[str, Any] = convert(message, None, found)
    except RecursionError:
        found = [TOO_DEEP]
    else:
        if not found:
            return value
    raise _invalid(cls.__name__, found)


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
        name, problem = (
            "the payload",
            "has a number with more digits than programs read",
        )
        raise _invalid(name, [(None, problem)]) from None


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


def _invalid(message: str, found: Found) -> InvalidPayload:
    from .violations import InvalidPayload, violations  # 1 ms, for what is wrong

    return InvalidPayload(message, violations(found))
