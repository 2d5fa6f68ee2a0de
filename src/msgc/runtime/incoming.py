"""What arrives, before it is a message: a body, in envelopes or bare, and what comes along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import json_text
from .context import LambdaContext, MessageContext
from .errors import UnreadableError

Record = Mapping[str, Any]

_NOTIFICATION = ("TopicArn", "MessageId", "Message")
_EVENT = ("source", "detail-type", "detail")


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
        return cls(_parsed(record["body"]), context)

    @classmethod
    def from_sns(cls, record: Record, lambda_context: LambdaContext | None) -> Incoming:
        """Return what a record of an SNS event holds: the notification is opened."""
        context = MessageContext(record=record, lambda_context=lambda_context)
        incoming = cls(record["Sns"], context)
        incoming.open_notification()
        return incoming

    @classmethod
    def from_eventbridge(
        cls, event: Record, lambda_context: LambdaContext | None
    ) -> Incoming:
        """Return what an event holds: it is opened."""
        context = MessageContext(record=event, lambda_context=lambda_context)
        incoming = cls(dict(event), context)
        incoming.open_event()
        return incoming

    @property
    def is_notification(self) -> bool:
        """Whether the body is SNS's envelope, and not a message with fields of that name.

        What has the attribute `message_type` is bare: SNS puts attributes into its envelope.
        """
        return (
            self.type is None
            and self.body.get("Type") == "Notification"
            and all(isinstance(self.body.get(key), str) for key in _NOTIFICATION)
        )

    @property
    def is_event(self) -> bool:
        """Whether the body is an EventBridge event, and not a message with fields of that name.

        What has the attribute `message_type` is bare: a rule sends no attributes.
        """
        return self.type is None and all(key in self.body for key in _EVENT)

    def open_notification(self) -> None:
        """Go on with the message inside SNS's envelope."""
        if not self.is_notification:
            message = "not an SNS notification"
            raise UnreadableError(message)
        envelope = self.body
        given: Mapping[str, Any] = envelope.get("MessageAttributes") or {}
        self.context.wrapped(
            message_id=envelope.get("MessageId", ""),
            sent=envelope.get("Timestamp"),
            topic_arn=envelope["TopicArn"],
            attributes={name: value["Value"] for name, value in given.items()},
        )
        self.body = _parsed(envelope["Message"])
        self.type = self.context.attributes.get("message_type")

    def open_event(self) -> None:
        """Go on with the detail of an EventBridge event."""
        if not self.is_event or not isinstance(self.body["detail"], dict):
            message = "not an EventBridge event with an object as its detail"
            raise UnreadableError(message)
        envelope = self.body
        self.context.wrapped(
            message_id=envelope.get("id", ""), sent=envelope.get("time"), event=envelope
        )
        self.source = envelope["source"]
        self.type = envelope["detail-type"]
        self.body = envelope["detail"]

    def unexpected(self) -> UnreadableError:
        """Return the error for a type that this consumer doesn't know."""
        if self.type is None:
            return UnreadableError("nothing says which type of message this is")
        return UnreadableError(
            f"no message of this consumer has the type `{self.type}`"
        )


def _parsed(text: str) -> dict[str, Any]:
    try:
        body: Any = json_text.parse(text)
    except json_text.UnclearText as error:
        message = f"the body is {error}"
        raise UnreadableError(message) from None
    if not isinstance(body, dict):
        message = "the body is no JSON object"
        raise UnreadableError(message)
    return body  # pyright: ignore[reportUnknownVariableType]
