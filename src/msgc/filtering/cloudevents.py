"""The shape of CloudEvents around messages, as filters and placeholders see them."""

from __future__ import annotations

from msgc.payloads.fields import field_at
from msgc.payloads.model import Field, ObjectShape, Shape, StringShape
from msgc.topology.messages import CloudEvents, Message

_TEXT = StringShape(min_length=1)
_OURS = ("correlationid", "traceparent", "tracestate")


def cloud_event_shape(message: Message, envelope: CloudEvents) -> ObjectShape:
    """Return the shape of the CloudEvent that a message is sent in."""
    payload = message.payload
    sources = {source for source in message.sources if isinstance(source, str)}
    known = tuple(sources) if len(sources) == len(message.sources) == 1 else None
    required: dict[str, Shape] = {
        "specversion": StringShape(enum=("1.0",)),
        "id": _at(payload, envelope.id),
        "source": StringShape(min_length=1, enum=known),
        "type": StringShape(enum=(message.type,)),
        "data": payload,
    }
    optional: dict[str, Shape] = {
        "time": StringShape(format="date-time"),
        "datacontenttype": _TEXT,
        "dataschema": _TEXT,
        "subject": _at(payload, envelope.subject),
        **dict.fromkeys(_OURS, _TEXT),
        **{name: _at(payload, path, text=False) for name, path in envelope.extensions.items()},
    }
    fields = tuple(
        Field(wire=wire, python=wire, shape=shape, required=wire in required, span=message.key)
        for wire, shape in (required | optional).items()
    )
    return ObjectShape(name=f"{message.name}Event", fields=fields, span=message.key)


def _at(payload: ObjectShape, path: tuple[str, ...] | None, *, text: bool = True) -> Shape:
    """Return the shape of an attribute: of the field that it comes from, or any `text`."""
    leaf = field_at(payload, path) if path else None
    if leaf is None or (text and leaf.kinds != {"string"}):
        return _TEXT
    return leaf.shape
