"""Payloads as they are sent, some of them in an envelope: their shapes, and filters about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgc.payloads.model import ObjectShape
from msgc.topology.messages import Message

VERSION = "specversion"
"""What every CloudEvent has, and no payload."""


def wire_shape(message: Message) -> ObjectShape:
    """Return the shape of what is sent of a message: its payload, or the event around it."""
    if message.envelope is None:
        return message.payload
    from msgc.filtering.cloudevents import cloud_event_shape  # noqa: PLC0415  # few have one

    return cloud_event_shape(message, message.envelope)


def wire_filters(
    filter_: dict[str, Any], messages: Iterable[Message]
) -> tuple[dict[str, Any], ...]:
    """Return a filter about payloads as patterns about what is sent; one of them must match.

    There are two where some of the messages have an envelope and others have none.
    """
    enveloped = {message.envelope is not None for message in messages}
    if True not in enveloped or not filter_:
        return (filter_,)
    inside: dict[str, Any] = {"data": filter_}
    if False not in enveloped:
        return (inside,)
    return ({VERSION: [{"exists": False}], **filter_}, {VERSION: [{"exists": True}], **inside})


def only_events(messages: Iterable[Message]) -> dict[str, Any]:
    """Return what tells CloudEvents from bare payloads; nothing, if these messages aren't any."""
    enveloped = any(message.envelope is not None for message in messages)
    return {VERSION: [{"exists": True}]} if enveloped else {}
