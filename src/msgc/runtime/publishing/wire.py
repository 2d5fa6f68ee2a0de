"""What goes along with a payload: message attributes, FIFO group, deduplication id."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

Attributes = dict[str, dict[str, str]]
"""Message attributes as SNS and SQS take them."""


class Attribute:
    """A message attribute, and the payload field it shows; a field that isn't there isn't sent."""

    __slots__ = ("name", "path", "type")

    def __init__(
        self, name: str, path: tuple[str, ...], type_: Literal["String", "Number"]
    ) -> None:
        self.name = name
        self.path = path
        self.type = type_


class Wire:
    """How one type of message travels to one place."""

    __slots__ = ("attributes", "deduplicate_by", "group_by")

    def __init__(
        self,
        *,
        attributes: tuple[Attribute, ...] = (),
        group_by: tuple[str, ...] | None = None,
        deduplicate_by: tuple[str, ...] | None = None,
    ) -> None:
        self.attributes = attributes
        self.group_by = group_by
        self.deduplicate_by = deduplicate_by

    @property
    def plain(self) -> bool:
        """Whether nothing has to be read from the payload."""
        return not self.attributes and not self.group_by and not self.deduplicate_by


def attributes(wire: Wire, type_: str, payload: Mapping[str, Any]) -> Attributes:
    """Return the attributes of a message: its type, what filters need, the current trace."""
    out = {"message_type": {"DataType": "String", "StringValue": type_}}
    if wire.attributes:
        from .fields import shown  # 1 ms, for those that filters look at

        out.update(shown(wire.attributes, type_, payload))
    if "opentelemetry" in sys.modules and len(out) < 10:
        out.update(_trace())
    return out


def size(text: str) -> int:
    """Return the number of bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def size_of_attributes(attributes: Attributes) -> int:
    """Return what attributes count for: names, data types and values."""
    return sum(
        size(name) + len(value["DataType"]) + size(value["StringValue"])
        for name, value in attributes.items()
    )


def _trace() -> Attributes:
    carrier: dict[str, str] = {}
    import_module("opentelemetry.propagate").inject(carrier)
    trace = carrier.get("traceparent")
    return (
        {"traceparent": {"DataType": "String", "StringValue": trace}} if trace else {}
    )
