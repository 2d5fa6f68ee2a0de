"""Message attributes, and how a type of message travels to a place."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ..errors import RefusedError

Attributes = dict[str, dict[str, str]]
"""Message attributes as SNS and SQS take them."""


class Wire:
    """How one type of message travels to one place: with its type, and nothing of its payload."""

    __slots__ = ()
    reads_payload = False
    """Whether attributes or ids are fields of the payload (see `fields`)."""

    def shown(self, payload: Mapping[str, Any]) -> Attributes:
        """Return the attributes that show fields of a payload."""
        return {}

    def given(self, message: object, values: Mapping[str, object]) -> Attributes:
        """Return the attributes that aren't in the payload; None stands for one left out."""
        for name, value in values.items():
            if value is not None:
                text = f"{type(message).__name__} has no attribute `{name}`"
                raise RefusedError(text)
        return {}

    def grouping(
        self, message: object, payload: Mapping[str, Any], *, fifo: bool
    ) -> dict[str, str]:
        """Return the parameters with a message's group, and where order counts its other id."""
        return {}


def attributes(wire: Wire, type_: str, payload: Mapping[str, Any]) -> Attributes:
    """Return the attributes of a message: its type, what filters need, the current trace."""
    out = {"message_type": {"DataType": "String", "StringValue": type_}}
    out.update(wire.shown(payload))
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
