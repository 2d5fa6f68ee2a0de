"""Payloads between JSON and Python, checked on the way in and on the way out.

A class declares its payload in `__codec__`, a tree of small specifications. On first use it is
compiled into closures, which convert and check in a single pass and collect every violation with
its JSON path. No message of this module quotes a payload: errors end in logs, and payloads are
often personal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from .. import json_text
from .arrays import Array
from .checks import TOO_DEEP, Convert, Found, Pending, Place
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
from .scalars import Boolean, Choice, Null, Nullable, Spec, String

if TYPE_CHECKING:
    from ..protocols import Envelope, Model
    from .compiled.code import Building, Direct
    from .violations import InvalidPayload

__all__ = [
    "Array",
    "Boolean",
    "Choice",
    "Field",
    "HasDefaults",
    "Integer",
    "Message",
    "Nested",
    "Null",
    "Nullable",
    "Number",
    "Object",
    "Part",
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

REFUSALS = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What a compiled function raises for a payload that isn't valid, or is unusual."""
HOT = 100
"""After how many payloads of a class its function is compiled."""


class HotClasses:
    """Compiled functions of the classes that have had `HOT` payloads.

    Making one takes half a millisecond and saves some microseconds a payload; the first payloads
    after a cold start are better off without.
    """

    def __init__(self, build: Callable[[Any, Building], Direct]) -> None:
        self.made: Building = {}
        self._build = build
        self._seen: dict[Any, int] = {}

    def count(self, cls: Any) -> None:
        """Note a payload that was converted by the interpreter."""
        self._seen[cls] = seen = self._seen.get(cls, 0) + 1
        if seen == HOT:
            building: Building = {}
            self._build(cls, building)
            # All at once: another thread must not find one whose parts aren't there yet.
            self.made.update(building)


def _decoder(cls: Any, building: Building) -> Direct:
    from .compiled.decoding import compiled_decoder  # 3 ms with what it needs

    return compiled_decoder(cls, building)


def _encoder(cls: Any, building: Building) -> Direct:
    from .compiled.encoding import compiled_encoder  # as above

    return compiled_encoder(cls, building)


_HOT_DECODERS = HotClasses(_decoder)
_HOT_ENCODERS = HotClasses(_encoder)
_DECODERS: dict[Any, Convert] = {}
_ENCODERS: dict[Any, Convert] = {}


def decode(cls: type[M], value: object) -> M:
    """Return the message that a parsed JSON value says; raises `InvalidPayload`."""
    direct = _HOT_DECODERS.made.get(cls)
    if direct is None:
        _HOT_DECODERS.count(cls)
    else:
        try:
            read: M = direct(value)
        except REFUSALS:
            pass
        else:
            return read
    found: Found = []
    convert = _DECODERS.get(cls)
    if convert is None:
        lenient = getattr(cls, "__lenient__", False)
        convert = _lenient(cls) if lenient else _compiled(cls, decoder_of, _DECODERS)
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
    direct = _HOT_ENCODERS.made.get(cls)
    if direct is None:
        _HOT_ENCODERS.count(cls)
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
    pending = Pending()
    build(cls, pending)
    done.update(pending)
    return done[cls]


def _lenient(cls: type[Any]) -> Convert:
    """Build the way from JSON to a message whose nulls may mean absence; its parts have others."""
    from .nulls import copied  # for those

    made = decoder_of(cls, Pending(lenient=True))

    def convert(value: Any, place: Place, found: Found) -> Any:
        return made(copied(value), place, found)

    _DECODERS[cls] = convert
    return convert


def _invalid(message: str, found: Found) -> InvalidPayload:
    from .violations import InvalidPayload, violations  # 1 ms, for what is wrong

    return InvalidPayload(message, violations(found))


class Part:
    """What generated classes are: JSON objects, as `__codec__` says."""

    __slots__ = ()
    __codec__: ClassVar[Object]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let pydantic read and write it as everybody else does."""
        from .pydantics import schema_of  # for those who have pydantic

        return schema_of(cls, source, handler)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """Let pydantic describe what is read and written."""
        from .pydantics import json_schema_of  # as above

        return json_schema_of(cls, schema, handler)


class Message(Part):
    """What generated messages are."""

    __slots__ = ()
    __type__: ClassVar[str]
    """Its name on the wire."""
    __source__: ClassVar[str]
    """The EventBridge source under which it is published."""
    __lenient__: ClassVar[bool] = False
    """Whether null is read as absent where a property may be absent and not null."""
    __envelope__: ClassVar[Envelope | None] = None
    """What is around its payload on the wire, besides what AWS puts there."""
    __whole__: ClassVar[Any]
    """What reads the message, where this is but one of the classes that it may be."""

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read a message from JSON; raises `InvalidPayload`."""
        return decode_text(cls, text)

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> Self:
        """Read a message from parsed JSON; raises `InvalidPayload`."""
        return decode(cls, value)

    @classmethod
    def example(cls, number: int = 0) -> Self:
        """Return one of its examples in messaging.yaml, for tests: the first, or by its number."""
        from .examples import example_of  # in tests

        return decode(cls, example_of(cls, number))

    def to_json(self) -> str:
        """Return the message as JSON, compact; raises `InvalidPayload`."""
        return encode_text(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the message as JSON has it, parsed; raises `InvalidPayload`."""
        return encode(self)
