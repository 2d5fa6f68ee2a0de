"""Write the messages' modules: frozen dataclasses, with a codec for each.

For a service whose stubs are in `checkout_messaging`, `model_artifacts` writes

    checkout_messaging/messages/__init__.py       lazy exports (PEP 562), literal `__all__`
    checkout_messaging/messages/order_placed.py   `names.snake("OrderPlaced")`

The class of a message is named as in the file (`OrderPlaced`) and has, beside its fields,

    __type__: ClassVar[str]             the name on the wire (`message_type`, `detail-type`)
    __source__: ClassVar[str]           the EventBridge source it is published under
    __codec__: ClassVar[codec.Object]   its payload, as `_runtime/codec/codec.py` reads it

Classes of nested objects (`OrderPlacedCustomer`) have `__codec__` only; they stand above the class
that uses them. `messages/__init__.py` exports every message, and the nested classes whose names
begin with their message's name; others (`Money`, from `$defs` or a title) are imported from the
message's module. `exports(topology)` tells which name comes from which module of `messages`.

What other generated code calls (`from ._runtime.codec import codec`):

    codec.decode(OrderPlaced, value)       parsed JSON -> OrderPlaced
    codec.decode_text(OrderPlaced, text)   str or bytes -> OrderPlaced
    codec.encode(message)                  -> dict[str, Any]
    codec.write(encoded)                   -> str, what `encode_text` makes of it
    codec.encode_text(message)             -> str, compact; only characters that SQS takes
    violations.InvalidPayload              raised by all four: `.violations`, one line as text
    protocols.Message                      Protocol of message classes: the three names above
    protocols.Model                        Protocol of all generated classes: `__codec__`

Arrays are `tuple[T, ...]`: a frozen message is a value, hashable and safe to share between threads,
and a tuple of `Card` is a tuple of `Card | Transfer` to a type checker, which a list is not.
An optional field is None where the property is absent; where it may be null besides, that is None,
and absence is `unset.UNSET`.
Encoding takes lists as well. Property names are snake_case in Python (`orderId` is `order_id`).
"""

from __future__ import annotations

from msgc.artifact import Artifact
from msgc.emit.outputs import STUBS
from msgc.emit.stubs.messages.classes import class_module, classes_of
from msgc.emit.stubs.writing.lazy import lazy_package
from msgc.emit.stubs.writing.location import location_of
from msgc.emit.stubs.writing.names import message_module
from msgc.emit.stubs.writing.stub_writer import MAY_USE_DEPRECATED
from msgc.topology.model import Topology


def model_artifacts(topology: Topology) -> tuple[Artifact, ...]:
    """Return the package `messages`: a module for each message, and the lazy front door."""
    folder = f"{topology.build.path(STUBS)}/messages"
    location = location_of(topology.build)
    door = lazy_package(
        "Messages: a module for each.", exports(topology), pragmas=pragmas(topology)
    )
    return (
        Artifact(path=f"{folder}/__init__.py", text=door),
        *(
            Artifact(
                path=f"{folder}/{message_module(message)}.py", text=class_module(message, location)
            )
            for message in topology.messages.values()
        ),
    )


def pragmas(topology: Topology) -> tuple[str, ...]:
    """Return the comments of a module that exports all messages."""
    some = any(message.deprecated is not None for message in topology.messages.values())
    return MAY_USE_DEPRECATED if some else ()


def exports(topology: Topology) -> dict[str, str]:
    """Return what `messages` exports: the name, and the module relative to it (`.order_placed`)."""
    messages = topology.messages.values()
    out = {message.name: f".{message_module(message)}" for message in messages}
    ambiguous: set[str] = set()
    for message in messages:
        for shape in classes_of(message.payload):
            name = shape.name
            if name == message.name or not name.startswith(message.name):
                continue
            if name in topology.messages or name in ambiguous:
                continue
            if name in out:  # `Order` + `PlacedItem`, `OrderPlaced` + `Item`
                ambiguous.add(name)
                del out[name]
            else:
                out[name] = f".{message_module(message)}"
    return out


def tells_absence(topology: Topology) -> bool:
    """Whether a field of some class may be `UNSET`."""
    return any(
        field.is_told_from_null
        for message in topology.messages.values()
        for shape in classes_of(message.payload)
        for field in shape.fields
    )
