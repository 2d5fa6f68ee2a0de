"""What publishers send, by botocore's own models of the services; and its own errors."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore import exceptions
from botocore.stub import ANY, Stubber

from msgc.runtime.publishing import aws
from msgc.runtime.publishing.failures import Failure, PublishError
from tests.runtime.messages import Cancelled, OrdersQueue, OrdersTopic, Placed, ShopBus, orders

ORDER = Placed(order_id="o-1", total=120.5, note="héllo", gift=True)


def _client(service: str) -> Any:
    return boto3.client(
        service,
        region_name="eu-west-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",  # noqa: S106
    )


def _attribute(kind: str, value: str) -> dict[str, str]:
    return {"DataType": kind, "StringValue": value}


ATTRIBUTES = {
    "message_type": _attribute("String", "OrderPlaced"),
    "total": _attribute("Number", "120.5"),
    "note": _attribute("String", "héllo"),
    "gift": _attribute("String", "true"),
}
BODY = '{"order_id":"o-1","total":120.5,"note":"héllo","gift":true}'


def test_sns_takes_what_is_sent() -> None:
    sns = _client("sns")
    topic = OrdersTopic(arn="arn:aws:sns:eu-west-1:111122223333:orders", client=sns)
    with Stubber(sns) as stub:
        expected = {"TopicArn": topic.address, "Message": BODY, "MessageAttributes": ATTRIBUTES}
        stub.add_response("publish", {"MessageId": "m-1"}, expected)
        assert topic.publish(ORDER) == "m-1"
        entry = {"Id": "0", "Message": BODY, "MessageAttributes": ATTRIBUTES}
        stub.add_response(
            "publish_batch",
            {"Successful": [{"Id": "0", "MessageId": "m-2"}], "Failed": []},
            {"TopicArn": topic.address, "PublishBatchRequestEntries": [entry]},
        )
        assert topic.publish_many([ORDER]) == ["m-2"]


def test_sqs_takes_what_is_sent() -> None:
    sqs = _client("sqs")
    queue = OrdersQueue(url="https://sqs.eu-west-1.amazonaws.com/1/orders", client=sqs)
    order = Placed(order_id="o-1", note="shop-1")
    sent = {
        "MessageBody": '{"order_id":"o-1","total":1.0,"note":"shop-1"}',
        "MessageAttributes": {"message_type": _attribute("String", "OrderPlaced")},
        "MessageGroupId": "shop-1",
    }
    with Stubber(sqs) as stub:
        stub.add_response("send_message", {"MessageId": "m-1"}, {"QueueUrl": ANY, **sent})
        assert queue.publish(order) == "m-1"
        stub.add_response(
            "send_message_batch",
            {
                "Successful": [{"Id": "0", "MessageId": "m-2", "MD5OfMessageBody": ""}],
                "Failed": [],
            },
            {"QueueUrl": ANY, "Entries": [{"Id": "0", **sent}]},
        )
        assert queue.publish_many([order]) == ["m-2"]


def test_eventbridge_takes_what_is_sent() -> None:
    events = _client("events")
    bus = ShopBus(client=events)
    entry = {
        "EventBusName": "default",
        "Source": "com.example.shop",
        "DetailType": "OrderCancelled",
        "Detail": '{"order_id":"o-1"}',
    }
    with Stubber(events) as stub:
        response = {"FailedEntryCount": 0, "Entries": [{"EventId": "e-1"}]}
        stub.add_response("put_events", response, {"Entries": [entry]})
        assert bus.publish(Cancelled(order_id="o-1")) == "e-1"


URL = {"endpoint_url": "https://sns.eu-west-1.amazonaws.com"}


@pytest.mark.parametrize(
    ("error", "retryable", "taken"),
    [
        (exceptions.ReadTimeoutError(**URL), True, True),
        (exceptions.ConnectionClosedError(**URL), True, True),
        (exceptions.IncompleteReadError(actual_bytes=1, expected_bytes=2), True, True),
        (exceptions.EndpointConnectionError(**URL), True, False),
        (exceptions.ConnectTimeoutError(**URL), True, False),
        (exceptions.SSLError(**URL, error="x"), True, False),
        (exceptions.NoCredentialsError(), False, False),
        (exceptions.ParamValidationError(report="x"), False, False),
    ],
)
def test_errors_of_the_network(error: Exception, *, retryable: bool, taken: bool) -> None:
    failure = Failure.of(error)
    assert failure.code == type(error).__name__
    assert failure.retryable == retryable
    assert ("AWS may have taken it" in failure.reason) == taken


@pytest.mark.parametrize(
    ("code", "status", "retryable"),
    [("AuthorizationError", 403, False), ("Throttling", 400, True), ("InternalError", 500, True)],
)
def test_errors_of_aws(code: str, status: int, *, retryable: bool) -> None:
    sns = _client("sns")
    topic = OrdersTopic(arn="arn:aws:sns:eu-west-1:111122223333:orders", client=sns)
    with Stubber(sns) as stub:
        stub.add_client_error("publish", code, "its words", status)
        with pytest.raises(PublishError, match=f"{code}: its words") as one:
            topic.publish(ORDER)
        stub.add_client_error("publish_batch", code, "its words", status)
        with pytest.raises(PublishError, match=f"{code}: its words") as many:
            topic.publish_many([ORDER, *orders(10)])
    assert [(each.index, each.retryable) for each in one.value.failed] == [(0, retryable)]
    assert [each.index for each in many.value.failed] == list(range(11))
    assert [each.retryable for each in many.value.failed] == [retryable] * 10 + [True]


def test_a_client_of_boto3_is_of_its_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws, "_CLIENTS", type(aws._CLIENTS)())  # noqa: SLF001  # none of before
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    default, other = aws.client("sqs"), aws.client("sqs", "us-east-1")
    assert (default.meta.region_name, other.meta.region_name) == ("eu-west-1", "us-east-1")
    assert aws.client("sqs", "eu-west-1") is default
    assert aws.client("sqs", "us-east-1") is other
