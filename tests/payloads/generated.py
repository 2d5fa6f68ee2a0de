"""Classes as they are generated, made from a shape here and now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

from msgc import runtime
from msgc.emit.stubs.messages.classes import class_module
from msgc.payloads import Document, WrittenSchema
from msgc.payloads.model import ObjectShape
from msgc.runtime import codec as room
from msgc.runtime.codec.objects import whole_of
from msgc.topology.messages import Message
from msgc.tree import Scalar


def message_of(shape: ObjectShape) -> Message:
    """A message with this payload."""
    node = Scalar("", shape.span)
    written = WrittenSchema(document=Document(path=shape.span.source.path, root=node), files={})
    return Message(
        name=shape.name, key=shape.span, node=node, payload=shape, schema=written,
        type=shape.name, source="shop", sources=("shop",),
        group_by=None, deduplicate_by=None, examples=(),
    )  # fmt: skip


@cache
def _modules_of_the_codec() -> dict[str, ModuleType]:
    """The modules of msgc's own codec, by their names in a generated package."""
    names = [each.name for each in walk_packages(room.__path__, f"{room.__name__}.")]
    return {
        f"made_up._{name.removeprefix('msgc.')}": import_module(name)
        for name in (room.__name__, *names)
    }


@contextmanager
def generated(shape: ObjectShape) -> Iterator[Any]:
    """The class of a message, whose module is gone at the end; the runtime is msgc's own.

    Of a message that is one of several classes, what reads it.
    """
    module = ModuleType("made_up.messages.one")
    module.__package__ = "made_up.messages"
    names: dict[str, ModuleType] = {
        "made_up": ModuleType("made_up"), "made_up.messages": ModuleType("made_up.messages"),
        "made_up._runtime": runtime, **_modules_of_the_codec(), module.__name__: module,
    }  # fmt: skip
    sys.modules.update(names)
    try:
        exec(compile(class_module(message_of(shape)), shape.name, "exec"), module.__dict__)  # noqa: S102  # our own text
        yield whole_of(getattr(module, shape.name))
    finally:
        for name in names:
            del sys.modules[name]
