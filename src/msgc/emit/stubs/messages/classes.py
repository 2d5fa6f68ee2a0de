"""Print the dataclasses of one message: one for each object, the message itself last."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.emit.python_writer import PythonWriter, docstring_lines, literal, string
from msgc.emit.stubs.messages.annotations import Annotations
from msgc.emit.stubs.messages.codecs import DEFINITIONS, codec_lines, definitions_of
from msgc.emit.stubs.writing.location import IN_PACKAGE, Location
from msgc.payloads.model import ObjectShape, RefShape, Shape
from msgc.payloads.specification import parts
from msgc.topology.messages import Message


def class_module(message: Message, location: Location = IN_PACKAGE) -> str:
    """Return the text of a message's module."""
    shapes = list(_shapes(message.payload, {}))
    classes = _classes(shapes)
    writer = PythonWriter(f"The message `{message.name}`.")
    annotations = Annotations(writer, shapes, location)
    definitions = definitions_of(classes) if any(map(_has_rules, shapes)) else {}
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
    return _classes(_shapes(shape, {}))


def _classes(shapes: Iterable[Shape]) -> tuple[ObjectShape, ...]:
    found: dict[str, ObjectShape] = {}
    for shape in shapes:
        if isinstance(shape, ObjectShape):  # of two, the first needs nothing that comes later
            found.setdefault(shape.name, shape)
    return tuple(found.values())


def _has_rules(shape: Shape) -> bool:
    return not isinstance(shape, RefShape) and shape.constraints is not None


def _shapes(shape: Shape, seen: dict[Shape, None]) -> Iterable[Shape]:
    """Return a shape and all that it is made of, each once and after its parts."""
    for below in parts(shape):
        if below not in seen:
            _shapes(below, seen)
    seen[shape] = None
    return seen


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
    codec = annotations.runtime("codec")
    variable = annotations.symbol("typing", "ClassVar")
    if is_message and message.deprecated is not None:
        mark = annotations.symbol(
            annotations.location.module("codec.deprecation", ".."), "deprecated"
        )
        writer.statement(f"@{mark}(", [string(one_line(message.deprecated))])
    writer.line(f"@{dataclass}(frozen=True, slots=True, kw_only=True)")
    remembers = any(field.has_default for field in shape.fields)
    base = f"({codec}.HasDefaults)" if remembers else ""
    with writer.block(f"class {shape.name}{base}:"):
        room = writer.room
        body: list[str] = []
        # Without one, `dataclass` writes a signature, which takes a tenth of a millisecond.
        part = shape.description or f"Part of the message `{message.name}`."
        about = _described(shape, message) if is_message else part
        body += [*docstring_lines(about, room), ""]
        for line, documentation in members:
            body += _member(line, room)
            if documentation:
                body += docstring_lines(documentation, room)
        if members:
            body.append("")
        if is_message:
            text = annotations.symbol("builtins", "str")
            body += _member(f"__type__: {variable}[{text}] = {string(message.type)}", room)
            source = f"__source__: {variable}[{text}] = {string(message.source)}"
            body += _member(source, room)
        head = f"__codec__: {variable}[{codec}.Object] = "
        writer.lines([*body, *codec_lines(shape, head, annotations.runtime, room)])


def one_line(text: str) -> str:
    """Return prose as one line."""
    return " ".join(text.split())


def _member(line: str, room: int) -> list[str]:
    """Return a field; a long one has no good place to break, as the formatter sees it."""
    if "\n" in line:
        return line.split("\n")
    return [line] if len(line) <= room else [f"{line}  # fmt: skip"]


def _described(shape: ObjectShape, message: Message) -> str:
    gone = f"Deprecated: {message.deprecated.strip()}" if message.deprecated else ""
    texts = [text.strip() for text in (message.description, shape.description, gone)]
    about = "\n\n".join(dict.fromkeys(text for text in texts if text))
    return about or f"The message `{message.name}`."
