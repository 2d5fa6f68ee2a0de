"""Schemas for the reference page, read as `messaging.yaml` has them: the class, and verdicts."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import yaml

from msgc import runtime
from msgc.diagnostics import Diagnostic
from msgc.emit.stubs.messages.classes import class_module
from msgc.payloads import violations
from msgc.payloads.dialects import dialect as dialects
from msgc.payloads.dialects.translation import translated_from
from msgc.pipeline.understand import topology_of as resolve
from msgc.runtime import codec as room
from msgc.runtime.codec import codec
from msgc.runtime.codec.violations import InvalidPayload
from msgc.syntax import load, load_node
from msgc.topology.messages import Message
from msgc.tree import to_json

NAME = "Order"
DEFINITIONS = (
    "Money: {type: object, required: [amount], properties: {amount: {type: number}}},"
    " Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/$defs/Tree'}}}}"
)


_NAMED = {
    each.name: each
    for each in (
        dialects.DRAFT_4, dialects.DRAFT_6, dialects.DRAFT_7, dialects.DRAFT_2019,
        dialects.OPENAPI_3_0,
    )
}  # fmt: skip


class Only:
    """One file and no other."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, path: str) -> bytes:
        """Return the file."""
        if path != "messaging.yaml":
            raise FileNotFoundError(path)
        return self._text.encode()

    def read_referred(self, path: str, origin: str) -> bytes:  # noqa: ARG002  # there is one file
        """Return the file."""
        return self.read(path)

    def messaging_files(self, origin: str) -> tuple[str, ...]:  # noqa: ARG002  # as above
        """Return its path."""
        return ("messaging.yaml",)

    def matching(self, pattern: str, folder: str) -> tuple[str, ...]:  # noqa: ARG002  # as above
        """Return nothing."""
        return ()


def read(schema: str) -> tuple[Message | None, tuple[Diagnostic, ...]]:
    """Read a message with a schema, written on one line."""
    text = f"service: {{name: shop}}\nmessages:\n  {NAME}:\n    schema: {schema}\n"
    files = Only(text)
    document = load("messaging.yaml", files)
    assert document.value is not None
    outcome = resolve(document.value, files)
    found = (*document.diagnostics, *outcome.diagnostics)
    messages = outcome.value.messages if outcome.value is not None else {}
    return messages.get(NAME), found


def message(schema: str) -> Message:
    """Read a message that has nothing wrong."""
    made, found = read(schema)
    assert made is not None, [each.message for each in found]
    assert not any(each.is_error for each in found), [each.message for each in found]
    return made


def with_property(schema: str, *, required: bool = False) -> str:
    """Return the schema of a message with a property `a`, and `$defs` to refer to."""
    need = "required: [a], " if required else ""
    return f"{{type: object, {need}properties: {{a: {schema}}}, $defs: {{{DEFINITIONS}}}}}"


def refused(schema: str) -> Diagnostic:
    """Return the first thing that is wrong with a schema."""
    _, found = read(schema)
    assert found, f"{schema} isn't refused"
    return found[0]


def translation(dialect: str, schema: str) -> str:
    """Return a schema in words of draft 2020-12."""
    root = load_node("messaging.yaml", Only(schema)).value
    assert root is not None
    made = translated_from(_NAMED[dialect], root)
    text = yaml.safe_dump(to_json(made), default_flow_style=True, sort_keys=False, width=200)
    return text.strip().replace("'null'", '"null"')


def classes(made: Message) -> str:
    """Return the generated classes, without what all have in common."""
    module = class_module(made)
    body = module[module.index("@") : module.index("# How they are read")]
    body = re.sub(r'\n    """Sent as [^\n]*\n', "", body)
    return re.sub(r"\n{3,}", "\n\n\n", body).strip("\n")


def annotation(made: Message) -> str:
    """Return the type of the property `a`."""
    lines = class_module(made).split("\n")
    line = next(line for line in lines if line.startswith("    a: "))
    return line.removeprefix("    a: ").removesuffix(" | None = None")


def field_line(made: Message) -> str:
    """Return the property `a` as the class declares it."""
    lines = class_module(made).split("\n")
    return next(line for line in lines if line.startswith("    a: ")).strip()


@cache
def _modules_of_the_codec() -> dict[str, ModuleType]:
    """Return the modules of msgc's own codec, by their names in a generated package."""
    names = [each.name for each in walk_packages(room.__path__, f"{room.__name__}.")]
    return {
        f"shop._{name.removeprefix('msgc.')}": import_module(name)
        for name in (room.__name__, *names)
    }


def read_as(made: Message, payload: Any) -> str:
    """Return what the property `a` of a payload is in Python, or that it doesn't fit."""
    module = ModuleType("shop.messages.order")
    module.__package__ = "shop.messages"
    names = {
        "shop": ModuleType("shop"),
        "shop.messages": ModuleType("shop.messages"),
        "shop._runtime": runtime,
        **_modules_of_the_codec(),
        module.__name__: module,
    }
    sys.modules.update(names)
    try:
        exec(class_module(made), module.__dict__)  # noqa: S102  # what msgc generates
        return repr(codec.decode(module.__dict__[NAME], payload).a)
    except InvalidPayload as error:
        return f"an error: {error.violations[0].message}"
    finally:
        for name in names:
            del sys.modules[name]


def complaint(made: Message, payload: Any) -> str:
    """Return what is said of a payload that doesn't fit."""
    found = violations(made.payload, payload)
    assert found, f"{payload} fits"
    return "; ".join(str(violation) for violation in found)
