"""The module of one message: a frozen dataclass for every object, the message itself last."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.emit.python_writer import PythonWriter, literal, string
from msgc.emit.stubs.annotations import Annotations
from msgc.emit.stubs.codecs import DEFINITIONS, codec_lines, definitions_of
from msgc.emit.stubs.notice import NOTICE
from msgc.payloads.model import ObjectShape, Shape
from msgc.payloads.specification import parts
from msgc.topology.model import Message


def class_module(message: Message) -> str:
    """Return the text of a message's module."""
    classes = list(classes_of(message.payload))
    writer = PythonWriter(f"The message `{message.name}`.", banner=NOTICE)
    annotations = Annotations(writer, classes)
    definitions = definitions_of(classes)
    if definitions:
        head = f"{DEFINITIONS}: dict[str, {annotations.symbol('typing', 'Any')}] = "
        lines = f"{head}{literal(definitions, writer.room, len(head))}".split("\n")
        writer.lines([*lines, "", ""])
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
    annotations.enter(shape)
    members = [annotations.member(shape, field) for field in shape.fields]
    if shape.rest is not None:
        members.append(annotations.rest(shape.rest))
    annotations.flush()
    dataclass = annotations.symbol("dataclasses", "dataclass")
    runtime = {"codec": annotations.symbol(".._runtime", "codec")}

    def use(module: str) -> str:
        if module not in runtime:
            runtime[module] = annotations.symbol(".._runtime", module)
        return runtime[module]

    variable = annotations.symbol("typing", "ClassVar")
    writer.line(f"@{dataclass}(frozen=True, slots=True, kw_only=True)")
    with writer.block(f"class {shape.name}:"):
        about = _described(shape, message) if is_message else shape.description
        if about:
            writer.docstring(about)
            writer.line()
        for line, documentation in members:
            _member(writer, line)
            if documentation:
                writer.docstring(documentation)
        if members:
            writer.line()
        if is_message:
            text = annotations.symbol("builtins", "str")
            _member(writer, f"__type__: {variable}[{text}] = {string(message.type)}")
            _member(writer, f"__source__: {variable}[{text}] = {string(message.source)}")
        head = f"__codec__: {variable}[{runtime['codec']}.Object] = "
        writer.lines(codec_lines(shape, head, use, writer.room))


def _member(writer: PythonWriter, line: str) -> None:
    """Write a field; a long one has no good place to break, as the formatter sees it."""
    lines = line.split("\n")
    if len(lines) == 1 and len(line) > writer.room:
        lines = [f"{line}  # fmt: skip"]
    writer.lines(lines)


def _described(shape: ObjectShape, message: Message) -> str:
    texts = [text.strip() for text in (message.description, shape.description)]
    about = "\n\n".join(dict.fromkeys(text for text in texts if text))
    return about or f"The message `{message.name}`."
