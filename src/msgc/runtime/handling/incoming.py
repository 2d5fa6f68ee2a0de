"""What arrives at a handler: a body, bare or in `envelopes`, and the context of its message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import json_text
from ..errors import UnreadableError

if TYPE_CHECKING:
    from datetime import datetime

    from ..protocols import CloudEvent, LambdaContext

Record = Mapping[str, Any]


class MessageContext:
    """Where a message comes from and how it came.

    In a unit test `MessageContext()` does.
    """

    __slots__ = (
        "_sent", "attributes", "cloud_event", "consumer", "deduplication_id", "event",
        "group", "lambda_context", "message_id", "queue_arn", "receive_count", "record",
        "service", "topic_arn",
    )  # fmt: skip

    def __init__(
        self,
        *,
        message_id: str = "",
        attributes: Mapping[str, str] | None = None,
        receive_count: int = 1,
        group: str | None = None,
        deduplication_id: str | None = None,
        queue_arn: str | None = None,
        topic_arn: str | None = None,
        event: Mapping[str, Any] | None = None,
        record: Mapping[str, Any] | None = None,
        lambda_context: LambdaContext | None = None,
        sent: str | None = None,
        consumer: str = "",
        service: str = "",
        cloud_event: CloudEvent | None = None,
    ) -> None:
        self.message_id = message_id
        """The id that the publisher got, as far as it comes along."""
        self.attributes = attributes or {}
        """Message attributes, as text; through a bus, what publishers put into `resources`."""
        self.receive_count = receive_count
        """How often the queue has handed the message out, this time included."""
        self.group = group
        """The FIFO group, or the fair-queue group."""
        self.deduplication_id = deduplication_id
        """What FIFO told it from others by."""
        self.queue_arn = queue_arn
        """The queue it was polled from."""
        self.topic_arn = topic_arn
        """The topic it came through, where SNS's envelope says so."""
        self.event = event
        """The EventBridge event around the message, if it came through a bus."""
        self.cloud_event = cloud_event
        """The CloudEvent that it came in, of a message that has `envelope: cloudevents`."""
        self.record = record or {}
        """What the function was invoked with for this message, untouched."""
        self.lambda_context = lambda_context
        """What Lambda says of the invocation; None in a worker."""
        self.consumer = consumer
        """The consumer that handles the message, by its name in `messaging.yaml`."""
        self.service = service
        """The service whose consumer it is."""
        self._sent = sent

    @property
    def correlation_id(self) -> str | None:
        """What belongs together, across services; what is published meanwhile has it too."""
        return self.attributes.get("correlation_id")

    @property
    def sent_at(self) -> datetime | None:
        """When the message was sent, by the clock of the service that took it."""
        from datetime import UTC, datetime  # 2 ms

        if self._sent is None:
            return None
        if self._sent.isdigit():
            return datetime.fromtimestamp(int(self._sent) / 1000, UTC)
        return datetime.fromisoformat(self._sent)

    def wrapped(
        self,
        *,
        message_id: str,
        sent: str | None,
        topic_arn: str | None = None,
        event: Mapping[str, Any] | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        """Take over what an envelope around the message says."""
        self.message_id = message_id
        self._sent = sent or self._sent
        self.topic_arn = topic_arn or self.topic_arn
        self.event = event or self.event
        self.attributes = self.attributes if attributes is None else attributes


class Incoming:
    """Something that arrived; the generated `read` of a consumer opens its envelopes.

    `body` is the JSON object inside the envelopes that were opened so far; `type` is its name on
    the wire, by the innermost of them, or by the attribute.
    """

    __slots__ = ("body", "context", "source", "type")

    def __init__(self, body: dict[str, Any], context: MessageContext) -> None:
        self.body = body
        self.context = context
        self.type = context.attributes.get("message_type")
        self.source: str | None = None

    @classmethod
    def from_sqs(cls, record: Record, lambda_context: LambdaContext | None) -> Incoming:
        """Return what a record of an SQS event holds."""
        system: Mapping[str, str] = record.get("attributes") or {}
        given: Mapping[str, Any] = record.get("messageAttributes") or {}
        context = MessageContext(
            message_id=record["messageId"],
            attributes={
                name: value["stringValue"]
                for name, value in given.items()
                if "stringValue" in value
            },
            receive_count=int(system.get("ApproximateReceiveCount", "1")),
            group=system.get("MessageGroupId"),
            deduplication_id=system.get("MessageDeduplicationId"),
            queue_arn=record.get("eventSourceARN"),
            record=record,
            lambda_context=lambda_context,
            sent=system.get("SentTimestamp"),
        )
        return cls(parsed(record["body"]), context)


def parsed(text: str | bytes) -> dict[str, Any]:
    """Return the JSON object that a body is."""
    try:
        body: Any = json_text.parse(text)
    except json_text.UnclearText as error:
        message = f"the body is {error}"
        raise UnreadableError(message) from None
    return object_in(body)


def object_in(body: Any) -> dict[str, Any]:
    """Return a body that is a JSON object; whatever AWS sends may be another value."""
    if isinstance(body, dict):
        return body  # pyright: ignore[reportUnknownVariableType]
    if isinstance(body, Mapping):  # as Powertools' data classes are
        return dict(body)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    message = "the body is no JSON object"
    raise UnreadableError(message)
