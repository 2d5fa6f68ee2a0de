"""The module of one message: a frozen dataclass for every object, the message itself last."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.emit.banner import BANNER
from msgc.emit.python_writer import PythonWriter, string
from msgc.emit.stubs.annotations import Annotations
from msgc.emit.stubs.codecs import codec_lines
from msgc.payloads.model import Field, MapShape, ObjectShape, Shape
from msgc.payloads.specification import parts
from msgc.topology.model import Message

_FOLDED = " # fmt: skip"


def class_module(message: Message) -> str:
    """Return the text of a message's module."""
    classes = list(classes_of(message.payload))
    writer = PythonWriter(f"The message `{message.name}`.", banner=BANNER)
    annotations = Annotations(writer, classes)
    for i, shape in enumerate(classes):
        if i:
            writer.lines(["", ""])
        _class(writer, annotations, shape, message)
    return writer.render()


def classes_of(shape: ObjectShape) -> tuple[ObjectShape, ...]:
    """Return the classes of a message in the order in which they can be defined."""
    return tuple({found.name: found for found in _classes(shape, set())}.values())


def _classes(shape: Shape, seen: set[Shape]) -> Iterator[ObjectShape]:
    if shape in seen:
        return
    seen.add(shape)
    for below in parts(shape):
        yield from _classes(below, seen)
    if isinstance(shape, ObjectShape):
        yield shape


def _class(
    writer: PythonWriter, annotations: Annotations, shape: ObjectShape, message: Message
) -> None:
    is_message = shape is message.payload
    members = [_member(annotations, shape, field) for field in shape.fields]
    if shape.rest is not None:
        members.append(_rest(annotations, shape.rest))
    annotations.flush()
    dataclass = annotations.symbol("dataclasses", "dataclass")
    variable = annotations.symbol("typing", "ClassVar")
    codec = annotations.symbol(".._runtime", "codec")
    writer.line(f"@{dataclass}(frozen=True, slots=True, kw_only=True)")
    with writer.block(f"class {shape.name}:"):
        about = _described(shape, message) if is_message else shape.description
        if about:
            writer.docstring(about)
            writer.line()
        for line, documentation in members:
            writer.line(line if len(line) <= writer.room else f"{line} {_FOLDED}")
            if documentation:
                writer.docstring(documentation)
        if members:
            writer.line()
        if is_message:
            text = annotations.symbol("builtins", "str")
            for name, value in (("__type__", message.type), ("__source__", message.source)):
                line = f"{name}: {variable}[{text}] = {string(value)}"
                writer.line(line if len(line) <= writer.room else f"{line} {_FOLDED}")
        head = f"__codec__: {variable}[{codec}.Object] = "
        writer.lines(codec_lines(shape, head, codec, writer.room))


def _described(shape: ObjectShape, message: Message) -> str:
    texts = [text.strip() for text in (message.description, shape.description)]
    about = "\n\n".join(dict.fromkeys(text for text in texts if text))
    return about or f"The message `{message.name}`."


def _member(annotations: Annotations, shape: ObjectShape, field: Field) -> tuple[str, str]:
    """Return a field's line, and its documentation."""
    alias = f"{shape.name}{''.join(word.capitalize() for word in field.python.split('_'))}"
    documentation = field.description
    if field.deprecated:
        documentation = f"Deprecated. {documentation}".strip()
    return annotations.member(field, alias), documentation


def _rest(annotations: Annotations, rest: Field) -> tuple[str, str]:
    values = rest.shape.values if isinstance(rest.shape, MapShape) else rest.shape
    field = annotations.symbol("dataclasses", "field")
    kind = annotations.type_of(rest.shape)
    made = annotations.symbol("builtins", "dict")
    del values
    return f"{rest.python}: {kind} = {field}(default_factory={made})", rest.description
