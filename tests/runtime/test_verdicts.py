"""What a handler raises to say what becomes of its message, and that it is done."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from msgc.runtime.handling import returning
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.verdicts import DeadLetter, Retry
from msgc.runtime.handling.workers import WorkerHandler
from msgc.runtime.publishing import aws
from tests.runtime.messages import Cancelled, Placed, read

URL = "https://sqs.eu-west-1.amazonaws.com/111122223333/billing"
DEAD = "https://sqs.eu-west-1.amazonaws.com/111122223333/billing-dlq"
POLICY = json.dumps({"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:billing-dlq"})


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    """SQS, which expects just what it is told to."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    client = boto3.client("sqs", region_name="eu-west-1")
    monkeypatch.setattr(aws, "client", lambda *_: client)
    monkeypatch.setattr(returning, "_DEAD_LETTERS", {})
    with Stubber(client) as stub:
        yield stub
        stub.assert_no_pending_responses()


def record(number: int, group: str | None = None, **given: str) -> dict[str, Any]:
    system = {"ApproximateReceiveCount": "3", "SentTimestamp": "1767225600000"}
    if group:
        system |= {"MessageGroupId": group, "MessageDeduplicationId": f"d-{number}"}
    attributes = {"message_type": "OrderCancelled", **given}
    return {
        "messageId": f"m-{number}",
        "receiptHandle": f"r-{number}",
        "body": json.dumps({"order_id": f"o-{number}"}),
        "attributes": system,
        "eventSourceARN": "arn:aws:sqs:eu-west-1:111122223333:billing",
        "messageAttributes": {
            name: {"stringValue": value, "dataType": "String"} for name, value in attributes.items()
        },
    }


def raising(error: Callable[[], Exception], only: str = "o-0") -> Any:
    def handle(message: Placed | Cancelled, _: MessageContext) -> None:
        if message.order_id == only:
            raise error()

    return handle


def handled(function: Any, *records: dict[str, Any], fifo: bool = False) -> list[str]:
    handler = SqsHandler(function, read, consumer="billing", service="shop", fifo=fifo)
    return [each["itemIdentifier"] for each in handler({"Records": records})["batchItemFailures"]]


def hides(stub: Stubber, number: int, seconds: int) -> None:
    told = {"QueueUrl": URL, "ReceiptHandle": f"r-{number}", "VisibilityTimeout": seconds}
    stub.add_response("change_message_visibility", {}, told)


def test_a_message_comes_again_after_a_while(sqs: Stubber) -> None:
    hides(sqs, 0, 90)
    later = raising(lambda: Retry("the warehouse is closed", after=timedelta(minutes=1.5)))
    assert handled(later, record(0), record(1)) == ["m-0"]


def test_a_message_comes_again_when_its_time_is_over(sqs: Stubber) -> None:
    assert handled(raising(Retry), record(0)) == ["m-0"]
    assert sqs


def test_a_group_comes_again_together(sqs: Stubber) -> None:
    """Its messages in flight hold the group back: the first would wait for the longest."""
    hides(sqs, 0, 2)
    hides(sqs, 2, 2)
    found = handled(
        raising(lambda: Retry(after=1.1)),
        record(0, "a"), record(1, "b"), record(2, "a"), record(3, "b"), fifo=True,
    )  # fmt: skip
    assert found == ["m-0", "m-2"]


def test_what_can_never_be_handled_is_moved(sqs: Stubber) -> None:
    sqs.add_response(
        "get_queue_attributes",
        {"Attributes": {"RedrivePolicy": POLICY}},
        {"QueueUrl": URL, "AttributeNames": ["RedrivePolicy"]},
    )
    sqs.add_response(
        "send_message",
        {"MessageId": "n"},
        {
            "QueueUrl": DEAD,
            "MessageBody": '{"order_id": "o-0"}',
            "MessageGroupId": "a",
            "MessageDeduplicationId": "d-0",
            "MessageAttributes": {
                "message_type": {"DataType": "String", "StringValue": "OrderCancelled"},
                "dead_letter_reason": {"DataType": "String", "StringValue": "no such order"},
            },
        },
    )
    never = raising(lambda: DeadLetter("no such\norder"))
    found = handled(never, record(0, "a"), record(1, "a"), fifo=True)
    assert found == [], "and its group goes on"


def test_what_cannot_be_moved_fails(sqs: Stubber, caplog: pytest.LogCaptureFixture) -> None:
    sqs.add_client_error("get_queue_attributes", "AccessDenied")
    assert handled(raising(lambda: DeadLetter("no")), record(0), record(1)) == ["m-0"]
    assert "can't be moved to the dead-letter queue, and comes again" in caplog.text


def test_what_cannot_be_hidden_comes_anyway(sqs: Stubber, caplog: pytest.LogCaptureFixture) -> None:
    sqs.add_client_error("change_message_visibility", "AccessDenied")
    assert handled(raising(lambda: Retry(after=5)), record(0)) == ["m-0"]
    assert "can't be hidden for 5 s" in caplog.text


def test_ten_attributes_leave_no_room_for_the_reason(sqs: Stubber) -> None:
    sqs.add_response("get_queue_attributes", {"Attributes": {"RedrivePolicy": POLICY}})
    sqs.add_response(
        "send_message", {}, {"QueueUrl": ANY, "MessageBody": ANY, "MessageAttributes": ANY}
    )
    given = {f"a{i}": "x" for i in range(9)}
    assert handled(raising(lambda: DeadLetter("no")), record(0, **given)) == []


def test_a_worker_says_the_same(sqs: Stubber) -> None:
    hides(sqs, 0, 5)
    handler = WorkerHandler(raising(lambda: Retry(after=5)), read, consumer="billing")
    message = {
        "MessageId": "m", "ReceiptHandle": "r-0", "Body": '{"order_id": "o-0"}',
        "MessageAttributes": {
            "message_type": {"StringValue": "OrderCancelled", "DataType": "String"},
            "raw": {"BinaryValue": b"\0\1", "DataType": "Binary"},
        },
    }  # fmt: skip
    assert handler.received({"Messages": [message]}, queue_url=URL) == []


@pytest.mark.parametrize("after", [-1, 43_201, timedelta(days=1)])
def test_nobody_waits_longer_than_sqs_does(after: Any) -> None:
    with pytest.raises(ValueError, match="from 0 to 43200 seconds"):
        Retry(after=after)


def test_a_line_for_each_failure(caplog: pytest.LogCaptureFixture) -> None:
    """Lambda's JSON logs, and Powertools' Logger, have its fields."""
    handled(raising(lambda: LookupError("o-0")), record(0, "g", correlation_id="c-1"))
    (line,) = caplog.records
    assert line.levelno == logging.ERROR
    assert line.exc_info is not None
    said = vars(line)
    assert {name: said[name] for name in ("consumer", "service", "message_id", "error_type")} == {
        "consumer": "billing", "service": "shop", "message_id": "m-0", "error_type": "LookupError",
    }  # fmt: skip
    assert (said["message_type"], said["correlation_id"]) == ("OrderCancelled", "c-1")
    assert (said["receive_count"], said["group"]) == (3, "g")
    assert said["age"] > 0


def test_what_is_raised_on_purpose_has_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    handled(raising(lambda: Retry("not yet")), record(0))
    (line,) = caplog.records
    assert line.exc_info is None
    assert line.getMessage() == "billing: message m-0 failed: not yet"


def test_logging_takes_whatever_comes(caplog: pytest.LogCaptureFixture) -> None:
    odd = {"attributes": 7, "messageAttributes": ["x"], "messageId": "m", "body": "{"}
    assert handled(raising(LookupError), odd) == ["m"]
    assert len(caplog.records) == 1
