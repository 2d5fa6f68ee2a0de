"""Docstrings of messages and their parts."""

from __future__ import annotations

import json
from typing import Any

from msgc.emit.python_writer import literal
from msgc.emit.stubs.messages.choices import choices_of
from msgc.payloads.model import ObjectShape, Shape
from msgc.topology.messages import Message


def one_line(text: str) -> str:
    """Return prose as one line."""
    return " ".join(text.split())


def described_part(shape: ObjectShape) -> str:
    """Return what the schema says of a part, or where it stands."""
    return shape.description or f"{shape.origin[:1].upper()}{shape.origin[1:]}."


def described_option(shape: ObjectShape, message: Message) -> str:
    """Return what the schema says of one of the classes of a message, or what tells it."""
    alternatives = message.payload.alternatives
    tag = alternatives.tag if alternatives is not None else None
    tags = [field for field in shape.fields if field.wire == tag]
    values = [f"`{value}`" for field in tags for value in choices_of(field.shape)]
    if shape.description:
        return shape.description
    if not values:
        own = _required(shape)
        for other in alternatives.options if alternatives is not None else ():
            own = own if other is shape else [wire for wire in own if wire not in _required(other)]
        return f"The message `{message.name}`{f' with `{own[0]}`' if own else ''}."
    return f"The message `{message.name}` whose `{tag}` is {' or '.join(values)}."


def described_message(message: Message) -> str:
    """Return what the file and the schema say of a message, or an example of it."""
    gone = f"Deprecated: {message.deprecated.strip()}" if message.deprecated else ""
    texts = [text.strip() for text in (message.description, message.payload.description)]
    about = "\n\n".join(dict.fromkeys(text for text in texts if text))
    if not about:
        about = _example(message.examples[0]) if message.examples else ""
    return "\n\n".join(filter(None, (about, gone))) or f"Sent as `{message.type}`."


def _required(shape: Shape) -> list[str]:
    fields = shape.fields if isinstance(shape, ObjectShape) else ()
    return [field.wire for field in fields if field.required]


_MOST_LINES = 20
"""Lines of an example that a docstring shows."""


def _example(value: Any) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) <= 60:
        return f"For example `{flat}`."
    lines = literal(value, 76).split("\n")
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], "    ..."]
    return "\n".join(["For example", "", *[f"    {line}" for line in lines]])
