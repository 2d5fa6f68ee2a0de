"""How messages of other systems tell their type: by an attribute of theirs, or a field."""

from __future__ import annotations

from typing import Any

from .incoming import Incoming


def tell_by_attribute(incoming: Incoming, name: str) -> None:
    """Take the type from an attribute, if nothing has said it yet."""
    if incoming.type is None:
        incoming.type = incoming.context.attributes.get(name)


def tell_by_field(incoming: Incoming, *path: str) -> None:
    """Take the type from a field of the body, if nothing has said it yet."""
    if incoming.type is None:
        value: Any = incoming.body
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        if isinstance(value, str):
            incoming.type = value
