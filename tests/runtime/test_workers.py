"""Handlers of processes that receive messages themselves, as the AWS SDK hands them over."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.workers import WorkerHandler
from tests.runtime.messages import Cancelled, Placed, read


def message(
    number: int, body: str, *, group: str | None = None, **attributes: str
) -> dict[str, Any]:
    system = {"ApproximateReceiveCount": "2", "SentTimestamp": "1700000000000"}
    return {
        "MessageId": f"m-{number}",
        "ReceiptHandle": f"handle-{number}",
        "Body": body,
        "Attributes": system | ({"MessageGroupId": group} if group else {}),
        "MessageAttributes": {
            name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
        },
    }


class Handled:
    """Keeps what it handles; fails on orders whose id begins with `bad`."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.contexts: list[MessageContext] = []

    def __call__(self, message: Placed | Cancelled, context: MessageContext) -> None:
        if message.order_id.startswith("bad"):
            raise LookupError(message.order_id)
        self.ids.append(message.order_id)
        self.contexts.append(context)


def test_nothing_was_received() -> None:
    handle = WorkerHandler(Handled(), read, consumer="billing")
    assert handle.received({"ResponseMetadata": {}}) == []


def test_what_is_handled_is_to_be_deleted(caplog: pytest.LogCaptureFixture) -> None:
    handled = Handled()
    handle = WorkerHandler(handled, read, consumer="billing", service="shop")
    done = handle.received({
        "Messages": [
            message(1, '{"order_id": "o-1", "total": 1}', message_type="OrderPlaced"),
            message(2, '{"order_id": "bad", "total": 1}', message_type="OrderPlaced"),
            message(3, "no JSON", message_type="OrderPlaced"),
            message(4, '{"order_id": "o-4"}', message_type="OrderCancelled"),
        ]
    })  # fmt: skip
    assert done == [
        {"Id": "0", "ReceiptHandle": "handle-1"},
        {"Id": "3", "ReceiptHandle": "handle-4"},
    ]
    assert handled.ids == ["o-1", "o-4"]
    first = handled.contexts[0]
    assert (first.message_id, first.receive_count, first.consumer) == ("m-1", 2, "billing")
    assert first.sent_at is not None
    assert "message m-2 failed" in caplog.text


def test_a_failure_holds_back_its_group() -> None:
    handled = Handled()
    handle = WorkerHandler(handled, read, consumer="billing", fifo=True)
    body = '{"order_id": "%s", "total": 1}'
    bodies = [("a", "o-1"), ("b", "bad"), ("b", "o-3"), ("a", "o-4")]
    done = handle.received({
        "Messages": [
            message(i, body % order, group=group, message_type="OrderPlaced")
            for i, (group, order) in enumerate(bodies)
        ]
    })  # fmt: skip
    assert [entry["Id"] for entry in done] == ["0", "3"]
    assert handled.ids == ["o-1", "o-4"]
