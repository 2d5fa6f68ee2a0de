"""Whether SNS delivers a message to a subscription with a filter policy."""

# What is taken out of JSON has no type; it is looked at before it is used.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal

from .matchers import is_number
from .matching import Pattern

Scope = Literal["MessageAttributes", "MessageBody"]


def matches_policy(
    policy: dict[str, Any] | None,
    scope: Scope,
    *,
    body: str,
    attributes: dict[str, dict[str, Any]] | None = None,
) -> bool:
    """Whether SNS delivers a message to a subscription with this filter policy.

    `attributes` are as boto3's `publish` takes them. No policy, or an empty one, lets
    everything pass.
    """
    if not policy:
        return True
    pattern = Pattern(policy)
    if scope == "MessageAttributes":
        return pattern.matches(attribute_values(attributes or {}, pattern.names))
    return pattern.matches(_read(body))


def attribute_values(
    attributes: dict[str, dict[str, Any]], names: Iterable[str] | None = None
) -> dict[str, Any]:
    """Return what a filter policy sees of message attributes, a flat object.

    `names` are those that it looks at; without them, it is all.
    Of Binary ones it sees nothing, nor of a Number or a String.Array that is none.
    """
    values: dict[str, Any] = {}
    for name in attributes if names is None else names:
        attribute = attributes.get(name)
        if not isinstance(attribute, dict):
            continue
        kind, text = attribute.get("DataType"), attribute.get("StringValue")
        if kind is None:  # as it arrives: in a notification of SNS, in a record of SQS
            kind = attribute.get("Type", attribute.get("dataType"))
            text = attribute.get("Value", attribute.get("stringValue"))
        if not isinstance(kind, str) or not isinstance(text, str):
            continue
        if kind == "String":
            values[name] = text
        elif kind == "String.Array":
            values[name] = read if isinstance(read := _read(text), list) else []
        elif kind.partition(".")[0] == "Number":
            values[name] = read if is_number(read := _read(text)) else []
        elif kind.partition(".")[0] == "String":
            values[name] = text
    return values


def _read(text: str) -> Any:
    """Return the JSON value of a text; None, which matches nothing, if it has none."""
    text = text.strip(" \t\n\r")
    try:
        value, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return value if end == len(text) else None


def _refuse(constant: str) -> None:
    message = f"{constant} is no JSON"
    raise ValueError(message)


_DECODER = json.JSONDecoder(parse_constant=_refuse)
