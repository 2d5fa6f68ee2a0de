"""Envelopes around messages: SNS's, and EventBridge's events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import UnreadableError
from .incoming import Incoming, MessageContext, Record, object_in, parsed

if TYPE_CHECKING:
    from ..protocols import LambdaContext

_NOTIFICATION = ("TopicArn", "MessageId", "Message")
_EVENT = ("source", "detail-type", "detail")


def from_sns(record: Record, lambda_context: LambdaContext | None) -> Incoming:
    """Return what a record of an SNS event holds: the notification is opened."""
    context = MessageContext(record=record, lambda_context=lambda_context)
    incoming = Incoming(record["Sns"], context)
    open_notification(incoming)
    return incoming


def from_eventbridge(event: Record, lambda_context: LambdaContext | None) -> Incoming:
    """Return what an event holds: it is opened."""
    context = MessageContext(record=event, lambda_context=lambda_context)
    incoming = Incoming(dict(object_in(event)), context)
    open_event(incoming)
    return incoming


def is_notification(incoming: Incoming) -> bool:
    """Whether the body is SNS's envelope, and not a message with fields of that name.

    What has the attribute `message_type` is bare: SNS puts attributes into its envelope.
    """
    return (
        incoming.type is None
        and incoming.body.get("Type") == "Notification"
        and all(isinstance(incoming.body.get(key), str) for key in _NOTIFICATION)
    )


def is_event(incoming: Incoming) -> bool:
    """Whether the body is an EventBridge event, and not a message with fields of that name.

    What has the attribute `message_type` is bare: a rule sends no attributes.
    """
    return incoming.type is None and all(key in incoming.body for key in _EVENT)


def open_notification(incoming: Incoming) -> None:
    """Go on with the message inside SNS's envelope."""
    if not is_notification(incoming):
        message = "not an SNS notification"
        raise UnreadableError(message)
    envelope = incoming.body
    given: Mapping[str, Any] = envelope.get("MessageAttributes") or {}
    incoming.context.wrapped(
        message_id=envelope.get("MessageId", ""),
        sent=envelope.get("Timestamp"),
        topic_arn=envelope["TopicArn"],
        attributes={name: value["Value"] for name, value in given.items()},
    )
    incoming.body = parsed(envelope["Message"])
    incoming.type = incoming.context.attributes.get("message_type")


def open_event(incoming: Incoming) -> None:
    """Go on with the detail of an EventBridge event."""
    if not is_event(incoming) or not isinstance(incoming.body["detail"], dict):
        message = "not an EventBridge event with an object as its detail"
        raise UnreadableError(message)
    envelope = incoming.body
    resources: Any = envelope.get("resources")
    incoming.context.wrapped(
        message_id=envelope.get("id", ""),
        sent=envelope.get("time"),
        event=envelope,
        attributes=_headers(resources) if resources else None,
    )
    incoming.source = envelope["source"]
    incoming.type = envelope["detail-type"]
    incoming.body = envelope["detail"]


def _headers(resources: Any) -> dict[str, str]:
    """Return what publishers let go along with an event: `name=value`, beside ARNs."""
    if not isinstance(resources, list):
        return {}
    pairs = [str(each).partition("=") for each in resources]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return {
        name: value
        for name, told, value in pairs
        if told and not name.startswith("arn:")
    }


def unexpected(incoming: Incoming) -> UnreadableError:
    """Return the error for a type that this consumer doesn't know."""
    if incoming.type is None:
        return UnreadableError("nothing says which type of message this is")
    return UnreadableError(
        f"no message of this consumer has the type `{incoming.type}`"
    )
