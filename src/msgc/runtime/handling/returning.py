"""Carry out what handlers say of messages of a queue: imported when one has said something.

Whatever fails here leaves the message as it is: it comes again, as after any other error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..publishing import aws
from ..publishing.options import MOST_ATTRIBUTES

REASON = "dead_letter_reason"
"""The attribute of a message that a handler has moved to the dead-letter queue."""

_DEAD_LETTERS: dict[str, str] = {}
"""The URL of the dead-letter queue by that of the queue."""


def hide(record: Mapping[str, Any], seconds: int) -> None:
    """Let nobody get a message for so many seconds."""
    url = _url_of(record)
    aws.client("sqs", aws.region_of(url)).change_message_visibility(
        QueueUrl=url,
        ReceiptHandle=record["receiptHandle"],
        VisibilityTimeout=seconds,
    )


def move(record: Mapping[str, Any], why: str) -> None:
    """Put a message into the dead-letter queue; then it can be deleted.

    Not both at once: should the second fail, it is in both queues, and never in none.
    """
    url = _url_of(record)
    sqs = aws.client("sqs", aws.region_of(url))
    sent: dict[str, Any] = {
        "QueueUrl": _dead_letters(sqs, url),
        "MessageBody": record["body"],
        "MessageAttributes": _attributes(record, why),
    }
    system: Mapping[str, str] = record.get("attributes") or {}
    for name in ("MessageGroupId", "MessageDeduplicationId"):
        if name in system:
            sent[name] = system[name]
    sqs.send_message(**sent)


def _url_of(record: Mapping[str, Any]) -> str:
    url: str | None = record.get("queueUrl")
    return url or aws.queue_url(record["eventSourceARN"])


def _dead_letters(sqs: Any, url: str) -> str:
    found = _DEAD_LETTERS.get(url)
    if found is None:
        import json

        answer = sqs.get_queue_attributes(
            QueueUrl=url, AttributeNames=["RedrivePolicy"]
        )
        policy = json.loads(answer["Attributes"]["RedrivePolicy"])
        found = _DEAD_LETTERS[url] = aws.queue_url(policy["deadLetterTargetArn"])
    return found


def _attributes(record: Mapping[str, Any], why: str) -> dict[str, Any]:
    """Return a message's own attributes, and the reason if there is room for it."""
    given: Mapping[str, Any] = record.get("messageAttributes") or {}
    found: dict[str, Any] = {}
    for name, value in given.items():
        found[name] = {"DataType": value["dataType"]}
        if "stringValue" in value:
            found[name]["StringValue"] = value["stringValue"]
        else:
            from base64 import b64decode

            found[name]["BinaryValue"] = b64decode(value["binaryValue"])
    text = "".join(c if c.isprintable() else " " for c in why)[:1000].strip()
    if text and len(found) < MOST_ATTRIBUTES:
        found[REASON] = {"DataType": "String", "StringValue": text}
    return found
