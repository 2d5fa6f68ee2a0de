"""What goes along with a payload: message attributes, FIFO group, deduplication id."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

from .errors import RefusedError

LARGEST = 1_000_000_000
DECIMALS = 5
"""Filter policies compare numbers up to ±10⁹, with five decimals:
https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html"""
_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

LONGEST_TOKEN = 128
"""Characters of a group or deduplication id."""

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
    for attribute in wire.attributes:
        value = _at(payload, attribute.path) if attribute.path else type_
        if value is not None:
            text = _text(attribute, value)
            out[attribute.name] = {"DataType": attribute.type, "StringValue": text}
    if "opentelemetry" in sys.modules and len(out) < 10:
        out.update(_trace())
    return out


def token(payload: Mapping[str, Any], path: tuple[str, ...] | None) -> str | None:
    """Return a group or deduplication id; None if there is no such field or it is empty."""
    value = _at(payload, path) if path else None
    if value is None or path is None:
        return None
    text = value if isinstance(value, str) else _literal(value)
    if not is_token(text):
        message = (
            f"`{'.'.join(path)}` is no group or deduplication id: "
            "1 to 128 ASCII letters, digits and punctuation, no spaces"
        )
        raise RefusedError(message)
    return text


def is_token(text: str) -> bool:
    """Whether SQS and SNS take a text as a group or deduplication id."""
    legal = text.isascii() and text.isprintable() and " " not in text
    return legal and 1 <= len(text) <= LONGEST_TOKEN


def size(text: str) -> int:
    """Return the number of bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def size_of_attributes(attributes: Attributes) -> int:
    """Return what attributes count for: names, data types and values."""
    return sum(
        size(name) + len(value["DataType"]) + size(value["StringValue"])
        for name, value in attributes.items()
    )


def _at(payload: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = payload
    for step in path:
        if not isinstance(value, dict):
            return None
        value = value.get(step)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return value  # pyright: ignore[reportUnknownVariableType]


def _literal(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(attribute: Attribute, value: Any) -> str:
    if attribute.type == "Number":
        return f"{rounded(value):.{DECIMALS}f}".rstrip("0").rstrip(".")
    text = value if isinstance(value, str) else _literal(value)
    if not text:
        message = f"`{attribute.name}` is empty, which a message attribute can't be"
        raise RefusedError(message)
    if not text.isprintable() and re.search(_ILLEGAL, text):
        message = (
            f"`{attribute.name}` has characters that a message attribute can't have"
        )
        raise RefusedError(message)
    return text


def rounded(value: float) -> float:
    """Return the number that an attribute carries for a field, the nearest that filters compare.

    What is beyond ±10⁹ lies on the same side of every bound as the limit itself.
    """
    near = max(-LARGEST, min(LARGEST, value))
    return round(near, DECIMALS) + 0.0  # of which -0.0 is 0.0


def _trace() -> Attributes:
    carrier: dict[str, str] = {}
    import_module("opentelemetry.propagate").inject(carrier)
    trace = carrier.get("traceparent")
    return (
        {"traceparent": {"DataType": "String", "StringValue": trace}} if trace else {}
    )
