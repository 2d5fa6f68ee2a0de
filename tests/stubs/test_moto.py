"""Generated publishers, handlers and workers with boto3 on moto."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.stubs.test_package import Handled, _modules, _order

FIFO = {"FifoQueue": "true"}


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An account with nothing in it, for each test; the package's clients may be of an earlier."""
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"):
        monkeypatch.setenv(f"AWS_{name}", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with mock_aws():
        yield


def _queue(name: str, **attributes: str) -> tuple[str, str]:
    """Make a queue; return its URL and ARN."""
    sqs = boto3.client("sqs")
    url: str = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return url, found["Attributes"]["QueueArn"]


def _received(url: str) -> list[dict[str, Any]]:
    sqs = boto3.client("sqs")
    answer = sqs.receive_message(
        QueueUrl=url,
        MaxNumberOfMessages=10,
        MessageAttributeNames=["All"],
        MessageSystemAttributeNames=["All"],
    )
    found: list[dict[str, Any]] = answer.get("Messages", [])
    return found


def _event(shop: Any, url: str) -> dict[str, Any]:
    """Return what Lambda would be invoked with for what waits in a queue."""
    (workers,) = _modules(shop, "_runtime.handling.workers")
    return {"Records": [workers.record_of(each, url) for each in _received(url)]}


def test_through_a_topic_and_its_filter_into_a_queue(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The filter is the one of the stack: by attributes that the publisher sends."""
    testing, billing = _modules(shop, "testing", "consumers.billing")
    sns = boto3.client("sns")
    topic = sns.create_topic(Name="shop-orders")["TopicArn"]
    url, arn = _queue("shop-billing")
    ((subscribed, *_),) = testing.FakeOrdersTopic.paths["billing"]
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=arn,
        Attributes={
            "RawMessageDelivery": "true",
            "FilterPolicy": json.dumps(vars(subscribed)["_policy"]),
        },
    )
    monkeypatch.setenv("SHOP_ORDERS_TOPIC_ARN", topic)
    orders = [_order(shop, "big"), _order(shop, "small", total=1.0), _order(shop, "silver")]
    ids = shop.OrdersTopic().publish_many([*orders, shop.OrderCancelled(order_id="o")])
    assert len({*ids}) == 4

    handled = Handled()
    event = _event(shop, url)
    assert billing.handler(handled)(event) == {"batchItemFailures": []}
    assert handled.messages == [orders[0], orders[2]]
    assert handled.contexts[0].attributes["message_type"] == "OrderPlaced"


def test_queues_take_what_publishers_send(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    url, _ = _queue("shop-receipts")
    monkeypatch.setenv("SHOP_RECEIPTS_QUEUE_URL", url)
    receipts = [shop.Wire(iban=f"NL{i}") for i in range(25)]
    queue = shop.ReceiptsQueue()
    assert len(queue.publish_many(receipts, concurrency=3, attributes={"tenant": "t"})) == 25
    asyncio.run(queue.publish_async(shop.Message(text="hello"), correlation_id="c-1"))
    found = [each for _ in range(3) for each in _received(url)]
    assert len(found) == 26
    by_type = {each["MessageAttributes"]["message_type"]["StringValue"]: each for each in found}
    assert by_type["Wire"]["MessageAttributes"]["tenant"]["StringValue"] == "t"
    said = by_type["Message"]
    assert said["MessageAttributes"]["correlation_id"]["StringValue"] == "c-1"
    assert shop.Message.from_json(said["Body"]) == shop.Message(text="hello")


def test_a_fifo_topic_and_queue_keep_groups_in_order(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (lines,) = _modules(shop, "consumers.lines")
    sns = boto3.client("sns")
    topic = sns.create_topic(Name="shop-lines.fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
    url, arn = _queue("shop-lines.fifo", **FIFO)
    raw = {"RawMessageDelivery": "true"}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=raw)
    monkeypatch.setenv("SHOP_LINES_TOPIC_ARN", topic)
    sent = [_order(shop, "bad", event_id="e-1"), _order(shop, "bad", event_id="e-2")]
    shop.LinesTopic().publish_many([*sent, _order(shop, "good")])
    shop.LinesTopic().publish(sent[0])  # once more: it is the same message

    handled = Handled()
    event = _event(shop, url)
    groups = [each["attributes"]["MessageGroupId"] for each in event["Records"]]
    assert groups == ["bad", "good", "bad"]  # of a group one a call
    failed = lines.handler(handled)(event)["batchItemFailures"]
    assert len(failed) == 2
    assert [each.order_id for each in handled.messages] == ["good"]


def test_an_event_through_a_bus_and_its_rule(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (packing,) = _modules(shop, "consumers.packing")
    events = boto3.client("events")
    bus = events.create_event_bus(Name="shop-commerce")["EventBusArn"]
    url, arn = _queue("shop-packing")
    pattern = {"source": ["com.example.shop"], "detail-type": ["OrderPlaced", "OrderCancelled"]}
    events.put_rule(Name="r", EventBusName="shop-commerce", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="r", EventBusName="shop-commerce", Targets=[{"Id": "1", "Arn": arn}])
    monkeypatch.setenv("SHOP_COMMERCE_BUS_ARN", bus)
    order = _order(shop)
    shop.CommerceBus().publish_many([order, shop.OrderCancelled(order_id="o-2")])

    handled = Handled()
    assert packing.handler(handled)(_event(shop, url)) == {"batchItemFailures": []}
    assert handled.messages == [order, shop.OrderCancelled(order_id="o-2")]
    assert handled.contexts[0].event["source"] == "com.example.shop"


def test_addresses_from_parameters(shop: Any) -> None:
    topic = boto3.client("sns").create_topic(Name="shop-orders")["TopicArn"]
    boto3.client("ssm").put_parameter(Name=shop.OrdersTopic.parameter, Value=topic, Type="String")
    assert shop.OrdersTopic.from_parameters().publish(_order(shop))


def test_a_worker_receives_and_deletes(shop: Any) -> None:
    (hauler,) = _modules(shop, "consumers.hauler")
    url, _ = _queue("shop-hauling")
    sqs = boto3.client("sqs")
    for name in ("o-1", "bad", "o-2"):
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"order_id": name}))
    handled = Handled()

    deleted: list[float] = []

    def measure(metric: str, value: float, _queue: str) -> None:
        deleted.extend([value] if metric == "deleted" else [])
        if sum(deleted) == 2:
            worker.stop()

    worker = hauler.worker(
        hauler.handler(handled), queue_urls=[url], wait=1, visibility=30, measure=measure
    )
    assert worker.run()
    assert sorted(each.order_id for each in handled.messages) == ["o-1", "o-2"]
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert counts["ApproximateNumberOfMessages"] == "0"
    assert counts["ApproximateNumberOfMessagesNotVisible"] == "1"
