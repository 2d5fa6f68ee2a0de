"""Print the dataclasses of one module, the message first; below them what they are in JSON."""

from __future__ import annotations

from msgc.emit.python_writer import PythonWriter, docstring_lines, literal, string
from msgc.emit.stubs.messages.annotations import Annotations
from msgc.emit.stubs.messages.codecs import DEFINITIONS, codec_lines
from msgc.emit.stubs.messages.descriptions import (
    described_message,
    described_option,
    described_part,
    one_line,
)
from msgc.emit.stubs.messages.envelopes import envelope_of
from msgc.emit.stubs.messages.layout import Module, layout
from msgc.emit.stubs.messages.unions import classes_of, in_order, reader_lines, write_union
from msgc.emit.stubs.writing.location import IN_PACKAGE, Location
from msgc.emit.stubs.writing.stub_writer import MAY_USE_DEPRECATED
from msgc.payloads.model import ObjectShape
from msgc.topology.messages import Message

_BELOW = ("# How they are read and written.", "# fmt: off")
"""What comes below is for the program; people read what is above."""
_WIDE = 400
"""Columns of a line there: a property has one, as a rule."""
_FLAT = 300
"""Columns of a whole class on one line, where there are few classes."""
_MANY = 6
"""Classes from which on a module is so long that each of them has one line, if it fits."""


def class_module(message: Message, location: Location = IN_PACKAGE) -> str:
    """Return the text of a message's module, if there is no other message."""
    return module_text(layout((message,)).modules[0], location)


def module_text(module: Module, location: Location = IN_PACKAGE, *, lenient: bool = False) -> str:
    """Return the text of a module of `messages`.

    A `lenient` message reads null as absent where it may be absent and not null.
    """
    writer = PythonWriter(_about(module))
    annotations = Annotations(writer, module, location)
    classes: list[ObjectShape] = []
    for i, each in enumerate(in_order(module)):
        if not isinstance(each.named, ObjectShape):
            annotations.enumeration(each.named)
        elif each.named.alternatives is not None and module.message is not None:
            write_union(writer, annotations, module.message)
        else:
            classes.append(each.named)
            writer.lines(["", ""] if i else [])
            _class(writer, annotations, each.named, module.message)
        annotations.aliases.write_literals()
    annotations.aliases.write_unions()
    _codecs(writer, annotations, classes, module.message, lenient=lenient)
    if module.aliases:
        writer.lines(["", "# What other messages have, too, by the names that it would have here."])
        for alias, place in module.aliases.items():
            writer.line(f"{alias} = {annotations.place(place)}")
    return writer.render()


def _about(module: Module) -> str:
    if module.message is not None:
        return f"The message `{module.message.name}`."
    first = module.defined[0].named
    return f"`{module.places[first.name].name}`, a part of several messages."


def _codecs(
    writer: PythonWriter,
    annotations: Annotations,
    classes: list[ObjectShape],
    message: Message | None,
    *,
    lenient: bool,
) -> None:
    if not classes:
        return
    writer.lines(["", "", *_BELOW])
    texts: list[str] = []
    flat = _FLAT if len(classes) < _MANY else _WIDE
    for shape in classes:
        texts += codec_lines(shape, annotations.name(shape.name), annotations, _WIDE, flat)
    if annotations.definitions:
        head = f"{DEFINITIONS}: dict[str, {annotations.symbol('typing', 'Any')}] = "
        schemas = dict(sorted(annotations.definitions.items()))
        writer.lines(f"{head}{literal(schemas, _WIDE, len(head))}".split("\n"))
    if message is not None and message.payload.alternatives is not None:
        texts += reader_lines(annotations, message, lenient=lenient)
    elif message is not None:
        for word, text in (("type", message.type), ("source", message.source)):
            writer.line(f"{message.name}.__{word}__ = {string(text)}")
        if lenient:
            writer.line(f"{message.name}.__lenient__ = True")
        if message.envelope is not None:
            made = envelope_of(annotations, message.envelope)
            writer.line(f"{message.name}.__envelope__ = {made}")
    writer.lines(texts)


def _class(
    writer: PythonWriter, annotations: Annotations, shape: ObjectShape, message: Message | None
) -> None:
    own = message if message is not None and shape in classes_of(message) else None
    annotations.enter(shape)
    members = [annotations.member(shape, field) for field in shape.fields]
    if shape.rest is not None:
        members.append(annotations.rest(shape.rest))
    annotations.leave()
    dataclass = annotations.of_runtime("records", "dataclass")
    if own is not None and own.deprecated is not None:
        for line in MAY_USE_DEPRECATED:
            writer.pragma(line)
        mark = annotations.of_runtime("deprecation", "deprecated")
        writer.statement(f"@{mark}(", [string(one_line(own.deprecated))])
    writer.line(f"@{dataclass}(frozen=True, slots=True, kw_only=True)")
    codec = annotations.runtime("codec")
    bases = [f"{codec}.Part" if own is None else f"{codec}.Message"]
    if any(field.has_default for field in shape.fields):
        bases.append(f"{codec}.HasDefaults")
    writer.statement(f"class {annotations.name(shape.name)}(", bases, "):")
    with writer.indented():
        room = writer.room
        if own is None:
            about = described_part(shape)
        elif shape is own.payload:
            about = described_message(own)
        else:
            about = described_option(shape, own)
        body = docstring_lines(about, room)
        body += [""] if members else []
        for line, documentation in members:
            body += _member(line, room)
            if documentation:
                body += docstring_lines(documentation, room, tight=True)
        writer.lines(body)


def _member(line: str, room: int) -> list[str]:
    """Return a field; a long one has no good place to break, as the formatter sees it."""
    if "\n" in line:
        return line.split("\n")
    return [line] if len(line) <= room else [f"{line}  # fmt: skip"]
