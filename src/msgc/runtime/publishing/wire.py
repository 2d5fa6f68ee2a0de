"""Message attributes, and how a type of message travels to a place."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ..errors import RefusedError

_RUNTIME = __name__.rpartition(".publishing.")[0]

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
        self,
        message: object,
        payload: Mapping[str, Any],
        *,
        fifo: bool,
        grouped: bool = False,
    ) -> dict[str, str]:
        """Return the parameters with a message's group, and where order counts its other id.

        `grouped` if the call itself says the group.
        """
        return {}

    def packed(self, entry: Any, publisher: Any, body: str) -> Any:
        """Return what is sent of a message, whose text is the parameter `body`."""
        return entry


def attributes(wire: Wire, type_: str, payload: Mapping[str, Any]) -> Attributes:
    """Return the attributes of a message: its type, and what filters need."""
    out = {"message_type": {"DataType": "String", "StringValue": type_}}
    out.update(wire.shown(payload))
    return out


def headers(correlation: str | None = None) -> dict[str, str]:
    """Return what goes along with any message: the correlation id, and the current trace.

    Without an id of its own a message has that of the message which is being handled.
    """
    out: dict[str, str] = {}
    if correlation is None and f"{_RUNTIME}.correlation" in sys.modules:
        from ..correlation import CORRELATION

        correlation = CORRELATION.get()
    if correlation is not None:
        out["correlation_id"] = correlation
    if "opentelemetry.trace" in sys.modules:
        import_module("opentelemetry.propagate").inject(out)
    return out


def add_headers(attributes: Attributes, headers: Mapping[str, str]) -> None:
    """Add what goes along as attributes, as far as a message may have more of them."""
    for name, value in headers.items():
        if len(attributes) < 10 and name not in attributes:
            attributes[name] = {"DataType": "String", "StringValue": value}


def size(text: str) -> int:
    """Return the number of bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def size_of_attributes(attributes: Attributes) -> int:
    """Return what attributes count for: names, data types and values."""
    return sum(
        size(name) + len(value["DataType"]) + size(value["StringValue"])
        for name, value in attributes.items()
    )
