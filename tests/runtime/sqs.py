"""SQS as a worker sees it, whose calls fail as often as a test wants."""

from __future__ import annotations

import json
import time
from typing import Any

URL = "https://sqs.eu-west-1.amazonaws.com/111122223333/billing"


class Sqs:
    """Hands out messages once; calls fail as often as is said, before they succeed."""

    def __init__(self, *ids: str, **fails: int) -> None:
        self.left = [*ids]
        self.fails = fails
        self.calls: list[str] = []
        self.deleted: list[str] = []
        self.released: list[str] = []

    def _may_fail(self, call: str) -> None:
        self.calls.append(call)
        if self.fails.get(call, 0) > 0:
            self.fails[call] -= 1
            message = f"{call} failed"
            raise ConnectionError(message)

    def get_queue_attributes(self, **_: Any) -> Any:
        self._may_fail("get_queue_attributes")
        arn = "arn:aws:sqs:eu-west-1:111122223333:billing"
        return {"Attributes": {"VisibilityTimeout": "30", "QueueArn": arn}}

    def receive_message(self, **_: Any) -> Any:
        self._may_fail("receive_message")
        if not self.left:
            time.sleep(0.02)
            return {}
        ids, self.left = self.left[:10], self.left[10:]
        kind = {"message_type": {"DataType": "String", "StringValue": "OrderCancelled"}}
        return {
            "Messages": [
                {
                    "MessageId": each,
                    "ReceiptHandle": each,
                    "Body": json.dumps({"order_id": each}),
                    "MessageAttributes": kind,
                }
                for each in ids
            ]
        }

    def change_message_visibility_batch(self, *, Entries: Any, **_: Any) -> Any:  # noqa: N803
        self._may_fail("change_message_visibility_batch")
        self.released += [e["ReceiptHandle"] for e in Entries if not e["VisibilityTimeout"]]
        return {}

    def delete_message_batch(self, *, Entries: Any, **_: Any) -> Any:  # noqa: N803
        self._may_fail("delete_message_batch")
        fault = {"SenderFault": True, "Code": "ReceiptHandleIsInvalid", "Message": "gone"}
        lost = [{**fault, "Id": e["Id"]} for e in Entries if e["ReceiptHandle"] == "lost"]
        self.deleted += [e["ReceiptHandle"] for e in Entries if e["ReceiptHandle"] != "lost"]
        return {"Failed": lost}
