from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgc.runtime.codec.violations import InvalidPayload
from msgc.runtime.errors import AddressError, RefusedError
from msgc.runtime.matching.policies import matches_policy
from msgc.runtime.publishing import wire
from msgc.runtime.publishing.failures import PublishError
from msgc.runtime.publishing.fields import Attribute, FieldWire
from tests.runtime.messages import (
    Cancelled,
    FakeOrdersQueue,
    FakeOrdersTopic,
    FakeShopBus,
    OrdersQueue,
    OrdersTopic,
    Placed,
    ShopBus,
    orders,
)

ORDER = Placed(order_id="o-1", total=120.5, note="héllo", gift=True)


def _attribute(kind: str, value: str) -> dict[str, str]:
    return {"DataType": kind, "StringValue": value}


def test_an_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_ORDERS_TOPIC_ARN", "arn:x")
    assert OrdersTopic().address == "arn:x"
    monkeypatch.setenv("SHOP_ORDERS_TOPIC_ARN", "")
    with pytest.raises(AddressError, match="SHOP_ORDERS_TOPIC_ARN"):
        OrdersTopic(client=FakeOrdersTopic().aws).publish(ORDER)


class Ssm:
    def get_parameter(self, **asked: str) -> dict[str, Any]:
        arn = f"arn:aws-cn:sqs:cn-north-1:1:{asked['Name'].rpartition('/')[2]}"
        return {"Parameter": {"Value": arn}}


def test_an_address_comes_from_a_parameter() -> None:
    topic = OrdersTopic.from_parameters(ssm=Ssm())
    assert topic.address == "arn:aws-cn:sqs:cn-north-1:1:orders"
    queue = OrdersQueue.from_parameters(ssm=Ssm())
    assert queue.address == "https://sqs.cn-north-1.amazonaws.com.cn/1/orders"
    with pytest.raises(AddressError):
        ShopBus.from_parameters(ssm=Ssm())


class OrdersOfEnvironments(OrdersTopic):
    parameters: ClassVar[Mapping[str, str]] = {
        "dev": "/dev/shop/topics/orders",
        "prod": "/shop/topics/orders-of-prod",
    }


def test_an_address_comes_from_the_parameter_of_an_environment() -> None:
    topic = OrdersOfEnvironments.from_parameters(env="prod", ssm=Ssm())
    assert topic.address == "arn:aws-cn:sqs:cn-north-1:1:orders-of-prod"
    for environment in ("test", ""):
        with pytest.raises(AddressError, match=f"'{environment}'; pass env='dev', 'prod'"):
            OrdersOfEnvironments.from_parameters(env=environment, ssm=Ssm())


def test_nothing_is_sent_of_what_cannot_be() -> None:
    topic = FakeOrdersTopic()
    refused: list[tuple[Placed, str]] = [
        (Placed(order_id="o", note=""), "empty"),
        (Placed(order_id="o", note="\x01"), "characters"),
        (Placed(order_id="o" * 262_144), "262,144"),
    ]
    for message, reason in refused:
        with pytest.raises(RefusedError, match=reason):
            topic.publish_many([ORDER, message])
    with pytest.raises(InvalidPayload):
        topic.publish_many([ORDER, Placed(order_id=1)])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="doesn't carry str"):
        topic.publish("no message")  # type: ignore[arg-type]
    assert topic.aws.parcels == []


TOTAL = FieldWire(attributes=(Attribute("total", ("total",), "Number"),))
NUMBERS = {
    # a number of the payload, and what its attribute says
    0.00001: "0.00001",
    100.0: "100",
    -1_000_000_000.0: "-1000000000",
    12.5: "12.5",
    0.1 + 0.2: "0.3",
    1 / 3: "0.33333",
    0.000001: "0",
    -0.000001: "0",
    99.999999: "100",
    999_999_999.999999: "1000000000",
    2e9: "1000000000",
    -1e300: "-1000000000",
    12345678901234567891: "1000000000",
    1e-300: "0",
}


def test_numbers_are_written_as_sns_reads_them() -> None:
    topic = FakeOrdersTopic()
    for total in NUMBERS:
        topic.publish(Placed(order_id="o", total=total))
    sent = [parcel.attributes["total"]["StringValue"] for parcel in topic.aws.parcels]
    assert sent == list(NUMBERS.values())
    bodies = [json.loads(parcel.body)["total"] for parcel in topic.aws.parcels]
    assert bodies == list(NUMBERS), "the payload stays exact"


@given(
    total=st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53),
    bound=st.integers(-(10**14) + 1, 10**14 - 1).map(lambda n: n / 10**5),
    operator=st.sampled_from(["=", "<", "<=", ">", ">="]),
)
def test_a_bound_within_the_limits_tells_numbers_apart_up_to_half_a_unit(
    total: float, bound: float, operator: str
) -> None:
    attributes = wire.attributes(TOTAL, "OrderPlaced", {"total": total})
    text = attributes["total"]["StringValue"]
    assert re.fullmatch(r"-?\d{1,10}(\.\d{1,5})?", text)
    assert abs(float(text)) <= 1e9
    policy = {"total": [{"numeric": [operator, bound]}]}
    sent = matches_policy(policy, "MessageAttributes", body="", attributes=attributes)
    exact = matches_policy(policy, "MessageBody", body=json.dumps({"total": total}))
    assert sent == exact or abs(total - bound) <= 0.5001e-5


def test_size_counts_bytes_and_attributes() -> None:
    queue = FakeOrdersQueue()
    overhead = len('{"order_id":""}') + len("message_type") + len("String") + len("OrderCancelled")
    queue.publish(Cancelled(order_id="é" * ((1_048_576 - overhead) // 2)))
    with pytest.raises(RefusedError, match="1,048,576"):
        queue.publish(Cancelled(order_id="é" * ((1_048_576 - overhead) // 2 + 1)))


def test_an_event_has_a_size_too() -> None:
    bus = FakeShopBus()
    overhead = len('{"order_id":""}') + len("com.example.shop") + len("OrderCancelled")
    bus.publish(Cancelled(order_id="x" * (1_048_575 - overhead)))
    with pytest.raises(RefusedError):
        bus.publish(Cancelled(order_id="x" * (1_048_576 - overhead)))


def test_characters_that_sqs_refuses_travel_escaped() -> None:
    queue = FakeOrdersQueue()
    queue.publish(Cancelled(order_id="a\uffff\x00"))
    body = queue.aws.parcels[0].body
    assert body.isascii()
    assert json.loads(body) == {"order_id": "a\uffff\x00"}


def test_a_single_failure_is_a_publish_error() -> None:
    topic = FakeOrdersTopic()
    topic.fail_next("AuthorizationError")
    with pytest.raises(PublishError) as caught:
        topic.publish(ORDER)
    (failed,) = caught.value.failed
    assert (failed.message, failed.code) == (ORDER, "AuthorizationError")
    assert caught.value.__cause__ is not None


def test_what_fails_on_the_side_of_aws_is_tried_again() -> None:
    topic, bus = FakeOrdersTopic(), FakeShopBus()
    for publisher in (topic, bus):
        publisher.fail_next(times=4, retryable=True)
        assert len(publisher.publish_many(orders(3))) == 3
        assert len(publisher.of(Placed)) == 3


def test_five_tries_are_the_end() -> None:
    topic = FakeOrdersTopic()
    topic.fail_next("InternalError", times=5, retryable=True)
    with pytest.raises(PublishError, match="InternalError") as caught:
        topic.publish_many(orders(1))
    assert caught.value.published == 0
    assert not topic.aws.failures


def test_the_fault_of_the_sender_is_not_tried_again() -> None:
    topic = FakeOrdersTopic()
    topic.fail_next("InvalidParameterValue")
    with pytest.raises(PublishError) as caught:
        topic.publish_many(orders(25))
    assert [failed.message.order_id for failed in caught.value.failed] == ["o-0"]
    assert caught.value.published == 24
    assert len(topic.of(Placed)) == 24


def test_a_bus_says_200_and_delivers_nothing() -> None:
    bus = FakeShopBus()
    bus.fail_next("MalformedDetail")
    with pytest.raises(PublishError, match="MalformedDetail"):
        bus.publish(Cancelled(order_id="o"))
    assert bus.of(Cancelled) == []


class Broken:
    """A client whose calls fail as a whole from the second on."""

    def __init__(self) -> None:
        self.calls = 0

    def publish(self, **_: Any) -> Any:
        raise NotImplementedError

    def publish_batch(self, **sent: Any) -> Any:
        self.calls += 1
        if self.calls > 1:
            message = "no route to host"
            raise ConnectionError(message)
        done = [{"Id": e["Id"], "MessageId": "m"} for e in sent["PublishBatchRequestEntries"]]
        return {"Successful": done, "Failed": []}


def test_after_a_call_that_failed_as_a_whole_nothing_is_sent() -> None:
    client = Broken()
    topic = OrdersTopic(arn="arn:x", client=client)
    with pytest.raises(PublishError) as caught:
        topic.publish_many(orders(40))
    assert client.calls == 2
    assert caught.value.published == 10
    assert [f.code for f in caught.value.failed] == ["ConnectionError"] * 10 + ["NotSent"] * 20
    assert isinstance(caught.value.__cause__, ConnectionError)


def test_many_go_over_several_threads_and_keep_their_places() -> None:
    queue = FakeOrdersQueue()
    ids = queue.publish_many(orders(205), concurrency=4)
    assert len(set(ids)) == 205
    sent = {parcel.message_id: json.loads(parcel.body)["order_id"] for parcel in queue.aws.parcels}
    assert [sent[message_id] for message_id in ids] == [f"o-{i}" for i in range(205)]


def test_a_trace_has_to_fit_beside_ten_attributes(monkeypatch: pytest.MonkeyPatch) -> None:
    """SNS throws away what has more, with raw delivery, and says nothing."""

    def inject(carrier: dict[str, str]) -> None:
        carrier["traceparent"] = "00-abc-def-01"

    monkeypatch.setitem(sys.modules, "opentelemetry.trace", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "opentelemetry.propagate", SimpleNamespace(inject=inject))
    for count, fits in ((9, False), (8, True)):
        attributes = wire.attributes(
            FieldWire(
                attributes=tuple(Attribute(f"f{i}", (f"f{i}",), "String") for i in range(count))
            ),
            "OrderPlaced",
            {f"f{i}": "x" for i in range(count)},
        )
        wire.add_headers(attributes, wire.headers())
        assert ("traceparent" in attributes) is fits
        assert len(attributes) == 10


class Counting:
    """A client that notes how many messages each call has."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def publish(self, **_: Any) -> Any:
        raise NotImplementedError

    def send_message(self, **_: Any) -> Any:
        raise NotImplementedError

    def publish_batch(self, **sent: Any) -> Any:
        return self._took(sent["PublishBatchRequestEntries"])

    def send_message_batch(self, **sent: Any) -> Any:
        return self._took(sent["Entries"])

    def _took(self, entries: list[dict[str, Any]]) -> Any:
        self.calls.append(len(entries))
        return {"Successful": [{"Id": e["Id"], "MessageId": "m"} for e in entries]}


def test_a_topic_takes_as_much_in_a_call_as_in_a_single_message() -> None:
    large = [Cancelled(order_id=str(i) + "x" * 100_000) for i in range(5)]
    sns, sqs = Counting(), Counting()
    OrdersTopic(arn="arn:x", client=sns).publish_many(large)
    OrdersQueue(url="https://x", client=sqs).publish_many(large)
    assert sns.calls == [2, 2, 1]
    assert sqs.calls == [5]
