"""Write the messages' modules: frozen dataclasses, with a codec for each.

For a service whose stubs are in `checkout_messaging`, `model_artifacts` writes

    checkout_messaging/messages/__init__.py       lazy exports (PEP 562), literal `__all__`
    checkout_messaging/messages/order_placed.py   `names.snake("OrderPlaced")`
    checkout_messaging/messages/parts/address.py  what several messages have

The class of a message is named as in the file (`OrderPlaced`), and is a `codec.Message`:

    OrderPlaced.from_json(text)      str or bytes -> OrderPlaced
    OrderPlaced.from_dict(value)     parsed JSON -> OrderPlaced
    message.to_json()                -> str, compact; only characters that SQS takes
    message.to_dict()                -> dict[str, Any], with the names of JSON
    OrderPlaced.example()            the first of its examples in messaging.yaml
    __type__, __source__             the name on the wire; the EventBridge source
    __codec__                        its payload, as `_runtime/codec/codec.py` reads it

Its parts (`OrderPlacedCustomer`) stand below it, are `codec.Part`s and have `__codec__` only. At
the end of the module is what these are, which no user has to read. A part is one class wherever one
name says the same: `Address` from `$defs`, a title or a file of two messages, and equal objects
under one property. `layout` tells what is where; the package exports all of it.

What other generated code calls (`from ._runtime.codec import codec`):

    codec.decode(OrderPlaced, value)       parsed JSON -> OrderPlaced
    codec.decode_text(OrderPlaced, text)   str or bytes -> OrderPlaced
    codec.encode(message)                  -> dict[str, Any]
    codec.write(encoded)                   -> str, what `encode_text` makes of it
    codec.encode_text(message)             -> str
    violations.InvalidPayload              raised by all four: `.violations`, one line as text
    protocols.Message                      Protocol of message classes
    protocols.Model                        Protocol of all generated classes: `__codec__`

Arrays are `tuple[T, ...]`: a frozen message is a value, hashable and safe to share between threads,
and a tuple of `Card` is a tuple of `Card | Transfer` to a type checker, which a list is not.
An optional field is None where the property is absent; where it may be null besides, that is None,
and absence is `unset.UNSET`.
Encoding takes lists as well. Property names are snake_case in Python (`orderId` is `order_id`).
"""

from __future__ import annotations

from functools import lru_cache

from msgc.artifact import Artifact
from msgc.emit.outputs import STUBS
from msgc.emit.stubs.messages.classes import module_text
from msgc.emit.stubs.messages.layout import PARTS, Layout, layout
from msgc.emit.stubs.writing.lazy import lazy_package
from msgc.emit.stubs.writing.location import location_of
from msgc.emit.stubs.writing.stub_writer import MAY_USE_DEPRECATED
from msgc.topology.messages import Message
from msgc.topology.model import Topology


def model_artifacts(topology: Topology) -> tuple[Artifact, ...]:
    """Return the package `messages`: a module for each message, and the lazy front door."""
    folder = f"{topology.build.path(STUBS)}/messages"
    location = location_of(topology.build)
    found = layout_of(topology)
    door = lazy_package("Messages: a module for each.", found.exports, pragmas=pragmas(topology))
    artifacts = [Artifact(path=f"{folder}/__init__.py", text=door)]
    if any(module.message is None for module in found.modules):
        text = '"""Parts that several messages have: a module for each."""\n'
        artifacts.append(Artifact(path=f"{folder}/{PARTS}/__init__.py", text=text))
    for module in found.modules:
        path = f"{folder}/{module.name.replace('.', '/')}.py"
        lenient = module.message is not None and is_lenient(topology, module.message)
        text = module_text(module, location, lenient=lenient)
        artifacts.append(Artifact(path=path, text=text))
    return tuple(artifacts)


def is_lenient(topology: Topology, message: Message) -> bool:
    """Whether a message's nulls may mean absence: if it says so, or others publish it."""
    if message.nulls is not None:
        return message.nulls == "as-missing"
    return message not in _published(topology)


@lru_cache(maxsize=2)
def _published(topology: Topology) -> frozenset[Message]:
    """Return what somebody in the file publishes or sends."""
    publications = [each for who in topology.publishers for each in who.publishes]
    sends = (edge.send for edge in topology.subscriptions.values())
    return frozenset(
        (
            *(message for each in publications for message in each.messages),
            *(send.message for send in sends if send is not None and send.message is not None),
        )
    )


@lru_cache(maxsize=2)
def layout_of(topology: Topology) -> Layout:
    """Return the modules of a service's messages."""
    return layout(tuple(topology.messages.values()))


def pragmas(topology: Topology) -> tuple[str, ...]:
    """Return the comments of a module that exports all messages."""
    some = any(message.deprecated is not None for message in topology.messages.values())
    return MAY_USE_DEPRECATED if some else ()


def exports(topology: Topology) -> dict[str, str]:
    """Return what `messages` exports: the name, and the module relative to it (`.order_placed`)."""
    return layout_of(topology).exports
