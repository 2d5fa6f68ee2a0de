"""Events as Lambda gets them, for tests of handlers: AWS's own fields are all there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from ..codec import codec
from ..publishing.wire import Attributes, Wire, attributes

if TYPE_CHECKING:
    from ..protocols import Message

REGION, ACCOUNT = "eu-west-1", "111122223333"
TIME, MILLISECONDS = "2026-01-01T00:00:00Z", "1767225600000"

_SNS = f"https://sns.{REGION}.amazonaws.com"
_SIGNATURE = {
    "SignatureVersion": "1",
    "Signature": "c2lnbmF0dXJl",
    "SigningCertURL": f"{_SNS}/SimpleNotificationService-0.pem",
}

_numbers = count(1)

JsonObject = dict[str, Any]


def new_id() -> str:
    """Return an id that looks like AWS's."""
    return f"00000000-0000-4000-8000-{next(_numbers):012}"


class FakeLambdaContext:
    """What Lambda tells a function about its invocation."""

    function_version = "$LATEST"
    memory_limit_in_mb = "128"
    identity = None
    client_context = None

    def __init__(
        self, function_name: str = "function", *, remaining: int = 30_000
    ) -> None:
        self.function_name = function_name
        self.invoked_function_arn = arn("lambda", f"function:{function_name}")
        self.aws_request_id = new_id()
        self.log_group_name = f"/aws/lambda/{function_name}"
        self.log_stream_name = "2026/01/01/[$LATEST]00000000"
        self.remaining = remaining
        """Milliseconds that the function may still run; they don't pass."""

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still run."""
        return self.remaining


def sqs_event(
    *messages: Message | Mapping[str, Any], queue: str = "queue", group: str = ""
) -> JsonObject:
    """Return what Lambda polls from a queue.

    A mapping is taken as a body: what `eventbridge_event` returns, for a queue that a rule feeds.
    `group` is the FIFO group.
    """
    return {"Records": [_record(message, queue, group) for message in messages]}


def sns_event(message: Message, *, topic: str = "topic") -> JsonObject:
    """Return what a topic invokes a function with."""
    return notification_event(
        notification(_body_of(message), _type_of(message), topic=arn("sns", topic))
    )


def eventbridge_event(message: Message) -> JsonObject:
    """Return what a rule invokes a function with, or puts into a queue."""
    return envelope(message.__source__, message.__type__, _sent(message))


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
    from hashlib import md5  # 4 ms with OpenSSL

    return {
        "messageId": message_id or new_id(),
        "receiptHandle": "receipt",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": MILLISECONDS,
            "SenderId": "AIDAEXAMPLE",
            "ApproximateFirstReceiveTimestamp": MILLISECONDS,
            **(system or {}),
        },
        "messageAttributes": {
            name: {
                "stringValue": value["StringValue"],
                "stringListValues": [],
                "binaryListValues": [],
                "dataType": value["DataType"],
            }
            for name, value in given.items()
        },
        "md5OfBody": md5(body.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": arn("sqs", queue),
        "awsRegion": REGION,
    }


def notification(
    body: str, given: Attributes, *, topic: str, message_id: str = ""
) -> JsonObject:
    """Return SNS's envelope, as it is in a queue."""
    return {
        "Type": "Notification",
        "MessageId": message_id or new_id(),
        "TopicArn": topic,
        "Message": body,
        "Timestamp": TIME,
        **_SIGNATURE,
        "UnsubscribeURL": f"{_SNS}/?Action=Unsubscribe&SubscriptionArn={topic}:0",
        "MessageAttributes": {
            name: {"Type": value["DataType"], "Value": value["StringValue"]}
            for name, value in given.items()
        },
    }


def notification_event(envelope: JsonObject) -> JsonObject:
    """Return an SNS event with one notification: Lambda spells two of its names another way."""
    names = {"SigningCertURL": "SigningCertUrl", "UnsubscribeURL": "UnsubscribeUrl"}
    sns = {names.get(name, name): value for name, value in envelope.items()}
    source = {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": f"{envelope['TopicArn']}:{new_id()}",
        "Sns": {"Subject": None, **sns},
    }
    return {"Records": [source]}


def envelope(
    source: str,
    type_: str,
    detail: JsonObject,
    *,
    event_id: str = "",
    resources: Iterable[str] = (),
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
        "resources": [*resources],
        "detail": detail,
    }


def _record(message: Message | Mapping[str, Any], queue: str, group: str) -> JsonObject:
    system = {"MessageGroupId": group} if group else {}
    if isinstance(message, Mapping):
        return record(json.dumps(message), {}, queue=queue, system=system)
    body = _body_of(message)
    return record(body, _type_of(message), queue=queue, system=system)


def _body_of(message: Message) -> str:
    """Return the body of a message as its publishers write it."""
    if message.__envelope__ is None:
        return codec.encode_text(message)
    return codec.write(_sent(message))


def _sent(message: Message) -> JsonObject:
    """Return what publishers send of a message: its payload, in its envelope if it has one."""
    payload, around = codec.encode(message), message.__envelope__
    if around is None:
        return payload
    source, type_ = message.__source__, message.__type__
    return around.around(payload, type_=type_, source=source)


def _type_of(message: Message) -> Attributes:
    return attributes(Wire(), message.__type__, {})
