"""What arrives, before it is a message: a body, bare or in `envelopes`, and what comes along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..codec import json_text
from ..errors import UnreadableError
from .context import MessageContext

if TYPE_CHECKING:
    from ..protocols import LambdaContext

Record = Mapping[str, Any]


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


def parsed(text: str) -> dict[str, Any]:
    """Return the JSON object that a body is."""
    try:
        body: Any = json_text.parse(text)
    except json_text.UnclearText as error:
        message = f"the body is {error}"
        raise UnreadableError(message) from None
    if not isinstance(body, dict):
        message = "the body is no JSON object"
        raise UnreadableError(message)
    return body  # pyright: ignore[reportUnknownVariableType]
