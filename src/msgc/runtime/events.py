"""Events as Lambda gets them, for tests of handlers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from typing import Any

from . import codec
from .wire import Attributes, Wire, attributes

REGION, ACCOUNT = "eu-west-1", "111122223333"
TIME, MILLISECONDS = "2026-01-01T00:00:00Z", "1767225600000"

_numbers = count(1)

JsonObject = dict[str, Any]


def new_id() -> str:
    """Return an id that looks like AWS's."""
    return f"00000000-0000-4000-8000-{next(_numbers):012}"


def sqs_event(
    *messages: codec.Message | Mapping[str, Any], queue: str = "queue", group: str = ""
) -> JsonObject:
    """Return what Lambda polls from a queue.

    A mapping is taken as a body: what `eventbridge_event` returns, for a queue that a rule feeds.
    `group` is the FIFO group.
    """
    return {"Records": [_record(message, queue, group) for message in messages]}


def sns_event(message: codec.Message, *, topic: str = "topic") -> JsonObject:
    """Return what a topic invokes a function with."""
    return notification_event(
        notification(
            codec.encode_text(message), _type_of(message), topic=arn("sns", topic)
        )
    )


def eventbridge_event(message: codec.Message) -> JsonObject:
    """Return what a rule invokes a function with, or puts into a queue."""
    return envelope(message.__source__, message.__type__, codec.encode(message))


def arn(service: str, name: str) -> str:
    """Return an ARN in nobody's account."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{name}"


def record(
    body: str,
    given: Attributes,
    *,
    queue: str,
    message_id: str = "",
    system: Mapping[str, str] | None = None,
) -> JsonObject:
    """Return a record of an SQS event."""
    return {
        "messageId": message_id or new_id(),
        "receiptHandle": "receipt",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": MILLISECONDS,
            **(system or {}),
        },
        "messageAttributes": {
            name: {"dataType": value["DataType"], "stringValue": value["StringValue"]}
            for name, value in given.items()
        },
        "eventSource": "aws:sqs",
        "eventSourceARN": arn("sqs", queue),
        "awsRegion": REGION,
    }


def notification(
    body: str, given: Attributes, *, topic: str, message_id: str = ""
) -> JsonObject:
    """Return SNS's envelope."""
    return {
        "Type": "Notification",
        "MessageId": message_id or new_id(),
        "TopicArn": topic,
        "Message": body,
        "Timestamp": TIME,
        "MessageAttributes": {
            name: {"Type": value["DataType"], "Value": value["StringValue"]}
            for name, value in given.items()
        },
    }


def notification_event(envelope: JsonObject) -> JsonObject:
    """Return an SNS event with one notification."""
    source = {"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": envelope}
    return {"Records": [source]}


def envelope(
    source: str, type_: str, detail: JsonObject, *, event_id: str = ""
) -> JsonObject:
    """Return an EventBridge event."""
    return {
        "version": "0",
        "id": event_id or new_id(),
        "detail-type": type_,
        "source": source,
        "account": ACCOUNT,
        "time": TIME,
        "region": REGION,
        "resources": [],
        "detail": detail,
    }


def _record(
    message: codec.Message | Mapping[str, Any], queue: str, group: str
) -> JsonObject:
    system = {"MessageGroupId": group} if group else {}
    if isinstance(message, Mapping):
        return record(json.dumps(message), {}, queue=queue, system=system)
    body = codec.encode_text(message)
    return record(body, _type_of(message), queue=queue, system=system)


def _type_of(message: codec.Message) -> Attributes:
    return attributes(Wire(), message.__type__, {})
