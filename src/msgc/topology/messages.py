"""Messages: their types, and how those of other systems are recognised."""

from __future__ import annotations

from typing import Any, Literal

from msgc.payloads.documents import WrittenSchema
from msgc.payloads.model import ObjectShape
from msgc.record import Record
from msgc.source import Span
from msgc.topology.declared import Declared
from msgc.topology.settings import Large


class Home(Record):
    """Where an imported message is declared: the service, and its name there."""

    service: str
    name: str


class Discriminator(Record):
    """Where messages of other systems tell their type: in an attribute, or in a field."""

    attribute: str | None = None
    field: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """As the file has it."""
        return (
            f"attribute: {self.attribute}" if self.attribute else f"field: {'.'.join(self.field)}"
        )


class ForeignAttribute(Record):
    """A message attribute that is no field of the payload: whoever publishes gives its value."""

    name: str
    type: Literal["string", "number", "integer", "boolean"]
    enum: tuple[str | int | float | bool, ...]
    """The values that it may have; none: any."""
    description: str
    span: Span


class CloudEvents(Record):
    """The CloudEvents envelope of a message: from which fields of the payload its attributes come.

    https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
    """

    id: tuple[str, ...] | None = None
    """None: each event gets a new one."""
    subject: tuple[str, ...] | None = None
    time: tuple[str, ...] | None = None
    """None: when it is published."""
    extensions: dict[str, tuple[str, ...]] = {}  # noqa: RUF012  # records are frozen
    data_schema: str | None = None
    """The `$id` of its schema, if that is an absolute URI."""


class Message(Declared):
    """A type of message: one JSON object."""

    payload: ObjectShape
    schema: WrittenSchema
    """The JSON Schema that `payload` was read from, as it was written."""
    type: str
    """The name on the wire: EventBridge's `detail-type`, the attribute `message_type` elsewhere."""
    source: str
    """The EventBridge `source` under which this service publishes it."""
    sources: tuple[Any, ...]
    """What a rule's pattern says for `source`: strings or matchers (`{"prefix": "aws."}`)."""
    group_by: tuple[tuple[str, ...], ...] | None
    """Paths of the payload fields that are the FIFO group, joined (and the fair-queue group)."""
    deduplicate_by: tuple[str, ...] | None
    examples: tuple[dict[str, Any], ...]
    home: Home | None = None
    """Whose it is, if it isn't this file's own."""
    deprecated: str | None = None
    """Why it is on its way out."""
    nulls: str | None = None
    """Whether null is read `as-missing` where a field may be absent, or `refuse`d; None: by who
    publishes it.
    """
    discriminator: Discriminator | None = None
    promised: tuple[tuple[str, ...], ...] = ()
    """Fields of the payload that always come as attributes too, for filters of other teams."""
    foreign: tuple[ForeignAttribute, ...] = ()
    large: Large | None = None
    """How it goes through S3 if it is large; None: it is refused then."""
    envelope: CloudEvents | None = None
    """What is around its payload wherever it is sent; None: nothing."""

    def on_wire(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Return where a field of the payload is in what is sent."""
        return path if self.envelope is None else ("data", *path)

    @property
    def group_on_wire(self) -> tuple[tuple[str, ...], ...] | None:
        """Where the fields of its group are in what is sent."""
        return None if self.group_by is None else tuple(map(self.on_wire, self.group_by))

    @property
    def deduplication_on_wire(self) -> tuple[str, ...] | None:
        """Where its deduplication id is in what is sent."""
        return None if self.deduplicate_by is None else self.on_wire(self.deduplicate_by)

    @property
    def told_by(self) -> tuple[str, ...]:
        """Where its type is in what is sent, if a field there says it."""
        if self.discriminator is not None and self.discriminator.field:
            return self.on_wire(self.discriminator.field)
        return ("type",) if self.envelope is not None else ()
