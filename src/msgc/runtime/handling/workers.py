"""Handlers of processes that receive their messages themselves, where Lambda doesn't poll."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .handlers import SqsHandler
from .running import Result

if TYPE_CHECKING:
    from ..protocols import DeleteEntry
    from .batches import Batch

M = TypeVar("M")


class WorkerHandler(SqsHandler[M, Result]):
    """Handles what a process received from its queue, message by message.

    The consumer's `worker` is the loop around it; `received` is for a loop of one's own.
    """

    @property
    def batch(self) -> Batch | None:
        """What the function says of how its messages are handled, if it does."""
        return self._batch

    def received(
        self, response: Mapping[str, Any], *, queue_url: str = ""
    ) -> list[DeleteEntry]:
        """Handle what `receive_message` answered; return what of it is to be deleted.

        That are the `Entries` of `delete_message_batch`. What failed isn't among them: it comes
        again when the queue's visibility timeout is over, or goes to the dead-letter queue. With
        `queue_url`, a handler may say `Retry(after=...)` and `DeadLetter`.
        """
        messages = response.get("Messages", ())
        answer = self(
            {"Records": [record_of(message, queue_url) for message in messages]}
        )
        failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
        return [
            {"Id": str(i), "ReceiptHandle": message["ReceiptHandle"]}
            for i, message in enumerate(messages)
            if message["MessageId"] not in failed
        ]


def record_of(message: Mapping[str, Any], queue_url: str) -> dict[str, Any]:
    """Return a message of the AWS SDK as Lambda would hand it over."""
    given: Mapping[str, Mapping[str, Any]] = message.get("MessageAttributes") or {}
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "queueUrl": queue_url,
        "body": message["Body"],
        "attributes": message.get("Attributes") or {},
        "messageAttributes": {name: _attribute(value) for name, value in given.items()},
    }


def _attribute(value: Mapping[str, Any]) -> dict[str, str]:
    """Return an attribute as Lambda would hand it over."""
    if "StringValue" in value:
        return {"dataType": value["DataType"], "stringValue": value["StringValue"]}
    from base64 import b64encode

    encoded = b64encode(value["BinaryValue"]).decode()
    return {"dataType": value["DataType"], "binaryValue": encoded}
