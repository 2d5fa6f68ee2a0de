"""Print messages that are one of several classes: a type alias, and functions that read them."""

from __future__ import annotations

from msgc.emit.python_writer import PythonWriter, docstring_lines, string
from msgc.emit.stubs.messages.annotations import Annotations
from msgc.emit.stubs.messages.codecs import codec_of
from msgc.emit.stubs.messages.descriptions import described_message
from msgc.emit.stubs.messages.envelopes import envelope_of
from msgc.emit.stubs.messages.layout import Module
from msgc.emit.stubs.messages.sharing import Occurrence
from msgc.payloads.model import ObjectShape
from msgc.topology.messages import Message

_READER = "ONE_OF"
"""What reads the message, of which it takes a type checker to tell what it returns."""


def classes_of(message: Message) -> tuple[ObjectShape, ...]:
    """Return the classes that are the message: one, or those that it is one of."""
    alternatives = message.payload.alternatives
    if alternatives is None:
        return (message.payload,)
    return tuple([each for each in alternatives.options if isinstance(each, ObjectShape)])


def in_order(module: Module) -> tuple[Occurrence, ...]:
    """Return what a module defines; of a message that is a union, first the classes."""
    message = module.message
    if message is None or message.payload.alternatives is None:
        return module.defined
    options = {shape.name for shape in classes_of(message)}
    whole, *others = module.defined
    first = [each for each in others if each.named.name in options]
    return (*first, whole, *(each for each in others if each.named.name not in options))


def write_union(writer: PythonWriter, annotations: Annotations, message: Message) -> None:
    """Write the alias of a message that is one of several classes, and what reads it."""
    name = message.name
    members = [annotations.name(shape.name) for shape in classes_of(message)]
    annotations.aliases.write_literals()
    annotations.aliases.write_union(name, members)
    writer.lines(docstring_lines(described_message(message), writer.room, tight=True))
    any_ = annotations.symbol("typing", "Any")
    for head, returned, about in (
        ("from_json(text: str | bytes)", "from_json(text)", "Read a message from JSON"),
        (
            f"from_dict(value: dict[str, {any_}])",
            "from_dict(value)",
            "Read a message from parsed JSON",
        ),
    ):
        writer.lines(["", ""])
        with writer.block(f"def {head} -> {name}:"):
            writer.docstring(f"{about}; raises `InvalidPayload`.")
            writer.line(f"return {_READER}.{returned}")
    writer.lines(["", ""])
    with writer.block(f"def example(number: int = 0) -> {name}:"):
        writer.docstring(
            "Return one of its examples in messaging.yaml: the first, or by its number."
        )
        writer.line(f"return {_READER}.example(number)")


def reader_lines(annotations: Annotations, message: Message, *, lenient: bool) -> list[str]:
    """Return the lines of what reads a message that is one of several classes."""
    envelope = message.envelope
    one_of = annotations.of_runtime("one_of", "OneOf")
    spec = codec_of(message.payload.alternatives or message.payload, annotations)
    return [
        f"{_READER} = {one_of}[{message.name}](",
        f"    {string(message.name)},",
        "    __name__,",
        f"    {spec},",
        f"    type={string(message.type)},",
        f"    source={string(message.source)},",
        *(["    lenient=True,"] if lenient else []),
        *([f"    envelope={envelope_of(annotations, envelope)},"] if envelope else []),
        ")",
    ]
