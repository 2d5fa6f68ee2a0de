"""Do what a generated publisher does to a message: its body or event, and its refusals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, assert_never

from msgc.links.model import Links
from msgc.runtime.errors import RefusedError
from msgc.runtime.publishing import wire
from msgc.runtime.publishing.fields import Attribute, FieldWire, Given, group, token
from msgc.runtime.testing import events
from msgc.runtime.testing.parcels import Parcel
from msgc.runtime.testing.sent import sent
from msgc.topology.deferred import spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Place, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.narrowing import kind_of
from msgc.topology.settings import Large

LARGEST_EVENT = 1_048_575
"""Bytes of an entry of `PutEvents`, which has to be below 1 MiB:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html"""


def published(  # noqa: PLR0913  # all that it depends on
    links: Links,
    place: Place,
    message: Message,
    payload: dict[str, Any],
    given: Mapping[str, object] | None = None,
    *,
    wrapped: dict[str, Any] | None = None,
) -> Parcel:
    """Return a message as it lies on a place when a generated publisher has put it there.

    `payload` fits the message's schema; `given` are attributes that aren't in it; `wrapped` is the
    payload in its envelope, if that is known. Raises
    `RefusedError` for what a publisher refuses all the same: what an attribute or a FIFO group
    can't carry, and what is too large.
    """
    if kind_of(place).carries_events:
        detail = wrapped or sent_of(message, payload)
        return on_bus(events.envelope(message.source, message.type, detail))
    sent = links.attributes.get((place, message), ())
    fields = tuple(Attribute(a.name, a.path, a.type) for a in sent if a.path)
    told = {a.name: a.told for a in sent if a.told is not None}
    others = tuple(Given(a.name, a.given.type, a.given.enum) for a in sent if a.given is not None)
    how = FieldWire(attributes=fields, told=told, others=others)
    attributes = wire.attributes(how, message.type, payload)
    attributes |= how.given(message, given or {})
    group(payload, message.group_by)
    if place.fifo is not None:
        token(payload, message.deduplicate_by)
    body = text_of(wrapped or sent_of(message, payload))
    if message.large is not None:
        body, attributes = _by_s3(place, message.large, body, attributes)
    return on_place(place, body, attributes)


def _by_s3(
    place: Place, large: Large, body: str, attributes: wire.Attributes
) -> tuple[str, wire.Attributes]:
    """Return a message as it is sent, which is a pointer into S3 if it is large."""
    from msgc.runtime.publishing.large import POINTER, SIZE  # noqa: PLC0415  # for those alone

    most = max_size_of(place)
    limit = most if large.over is None else min(most, large.over)
    if wire.size(body) + wire.size_of_attributes(attributes) <= limit:
        return body, attributes
    length = wire.size(body)
    _check_size(length, large.largest)
    where = {
        "s3BucketName": spelling(large.bucket.physical_name),
        "s3Key": f"{large.bucket.prefix}{events.new_id()}",
    }
    size = {"DataType": "Number", "StringValue": str(length)}
    return text_of([POINTER, where]), attributes | {SIZE: size}


def max_size_of(place: Place) -> int:
    """Return how many bytes a place takes."""
    match place:
        case Queue() | Topic():
            return place.max_size
        case Bus():
            return LARGEST_EVENT
        case _:
            assert_never(place)


def sent_of(message: Message, payload: dict[str, Any]) -> dict[str, Any]:
    """Return what is sent of a message: its payload, in its envelope if it has one."""
    given = message.envelope
    if given is None:
        return payload
    from msgc.runtime.cloudevents import CloudEvents  # noqa: PLC0415  # few have one

    envelope = CloudEvents(
        id=given.id,
        subject=given.subject,
        time=given.time,
        extensions=given.extensions,
        data_schema=given.data_schema,
    )
    return envelope.around(payload, type_=message.type, source=message.source)


def scheduled(edge: Subscription) -> Parcel:
    """Return what a schedule sends, as fakes of generated packages send it."""
    return sent(edge.name, {} if edge.send is None else edge.send.sent)


def on_bus(event: dict[str, Any]) -> Parcel:
    """Return an event as it lies on a bus; raises `RefusedError` if it is too large."""
    parts = (event.get("source"), event.get("detail-type"), event.get("detail"))
    size = sum(wire.size(p if isinstance(p, str) else text_of(p)) for p in parts)
    _check_size(size, LARGEST_EVENT)
    return Parcel(message_id=str(event.get("id", "")), event=event)


def on_place(place: Place, body: str, attributes: wire.Attributes) -> Parcel:
    """Return a message as it lies on a topic or a queue; raises `RefusedError`, too."""
    size = wire.size(body) + wire.size_of_attributes(attributes)
    match place:
        case Queue() | Topic():
            _check_size(size, place.max_size)
        case Bus():
            pass  # whoever has an event asks `on_bus`
        case _:
            assert_never(place)
    return Parcel(message_id=events.new_id(), body=body, attributes=attributes)


def text_of(value: Any) -> str:
    """Return the JSON text of a value as publishers write it: compact."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        message = f"it has {size:,} bytes, and {limit:,} is the most"
        raise RefusedError(message)
