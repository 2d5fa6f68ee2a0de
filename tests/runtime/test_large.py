"""Large messages through S3: what is sent, what is read, and what is refused.

What Amazon's own clients send is here as they sent it: `amazon-sns-extended-client` and
`amazon-sqs-extended-client` 1.0.1, with the present attribute and with the one before it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, ClassVar

import pytest

from msgc.runtime.errors import AddressError, RefusedError, UnreadableError
from msgc.runtime.handling.batches import batch
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import Incoming, MessageContext
from msgc.runtime.handling.large import OBJECTS, LargeMessages
from msgc.runtime.handling.pushed import SnsHandler
from msgc.runtime.handling.verdicts import DeadLetter
from msgc.runtime.publishing.failures import PublishError
from msgc.runtime.publishing.fields import FieldWire
from msgc.runtime.publishing.large import LargeWire
from msgc.runtime.publishing.queues import QueuePublisher
from msgc.runtime.publishing.topics import TopicPublisher
from msgc.runtime.publishing.wire import Wire
from msgc.runtime.testing.events import notification, notification_event, record
from msgc.runtime.testing.fake_aws import FakeAws, FakeFailure
from msgc.runtime.testing.large import FakeBucket, LargeFake
from tests.runtime.messages import Cancelled, Placed, read

BUCKET = "SHOP_PAYLOADS_BUCKET"
POINTER = "software.amazon.payloadoffloading.PayloadS3Pointer"
LARGEST = 1_000_000
MESSAGES = Placed.__module__
"""Where the classes are that the publishers here carry."""


class OrdersTopic(TopicPublisher["Placed | Cancelled"]):
    _messages = MESSAGES
    variable = "SHOP_ORDERS_TOPIC_ARN"
    max_size = 262_144
    carries: ClassVar[Mapping[str, Wire]] = {
        "Placed": LargeWire(Wire(), variable=BUCKET, largest=LARGEST, prefix="shop/"),
        "Cancelled": Wire(),
    }


class OrdersQueue(QueuePublisher["Placed"]):
    _messages = MESSAGES
    variable = "SHOP_ORDERS_QUEUE_URL"
    max_size = 1_048_576
    fifo = True
    carries: ClassVar[Mapping[str, Wire]] = {
        "Placed": LargeWire(
            FieldWire(group_by=("order_id",)), variable=BUCKET, largest=LARGEST, over=1_000
        ),
    }


class FakeOrdersTopic(LargeFake, OrdersTopic):
    def __init__(self) -> None:
        self.aws = FakeAws()
        self.objects = FakeBucket()
        super().__init__(arn="in-memory", client=self.aws)


class FakeOrdersQueue(LargeFake, OrdersQueue):
    def __init__(self) -> None:
        self.aws = FakeAws()
        self.objects = FakeBucket()
        super().__init__(url="in-memory", client=self.aws)


def order(order_id: str, size: int) -> Placed:
    return Placed(order_id=order_id, note="é" * (size // 2))


def test_what_is_too_large_goes_through_s3() -> None:
    topic = FakeOrdersTopic()
    large, small = order("large", 300_000), order("small", 1_000)
    topic.publish(large)
    topic.publish(small)
    first, second = topic.aws.parcels
    (key,) = topic.objects.objects
    assert json.loads(first.body) == [POINTER, {"s3BucketName": "in-memory", "s3Key": key}]
    assert key.startswith("shop/")
    size = len(topic.objects.objects[key])
    assert first.attributes["ExtendedPayloadSize"] == {
        "DataType": "Number",
        "StringValue": str(size),
    }
    assert size > 300_000
    assert "ExtendedPayloadSize" not in second.attributes
    assert topic.of(Placed) == [large, small]


def test_what_may_be_large_is_said_of_each_type() -> None:
    topic = FakeOrdersTopic()
    with pytest.raises(RefusedError, match="takes 262,144"):
        topic.publish(Cancelled(order_id="x" * 300_000))
    with pytest.raises(RefusedError, match="1,000,000 may go by S3"):
        topic.publish(order("o", 1_000_000))
    assert not topic.aws.parcels
    assert not topic.objects.objects


def test_smaller_ones_go_through_s3_where_that_is_said() -> None:
    queue = FakeOrdersQueue()
    queue.publish_many([order("o-1", 900), order("o-2", 2_000), order("o-2", 2_000)])
    sent = [
        parcel.attributes.get("ExtendedPayloadSize") is not None for parcel in queue.aws.parcels
    ]
    assert sent == [False, True, True]


def test_pointers_of_one_payload_are_duplicates_on_fifo() -> None:
    """AWS would compare pointers, of which no two are the same."""
    queue = FakeOrdersQueue()
    queue.publish_many([order("o", 2_000), order("o", 2_000), order("o", 900)])
    ids = [parcel.system.get("MessageDeduplicationId") for parcel in queue.aws.parcels]
    (first, _) = (json.loads(parcel.body)[1]["s3Key"] for parcel in queue.aws.parcels[:2])
    assert ids == [sha256(queue.objects.objects[first]).hexdigest()] * 2 + [None]
    queue.publish(order("o", 2_000), deduplication_id="mine")
    assert queue.aws.parcels[-1].system["MessageDeduplicationId"] == "mine"


def test_the_bucket_has_to_be_known(monkeypatch: pytest.MonkeyPatch) -> None:
    topic = OrdersTopic(arn="arn:aws:sns:eu-west-1:111122223333:orders", client=FakeAws())
    topic.publish(order("small", 1_000))
    with pytest.raises(AddressError, match=f"variable {BUCKET} is not set"):
        topic.publish(order("large", 300_000))
    monkeypatch.setenv(BUCKET, "theirs")
    topic.objects = FakeBucket()
    topic.publish(order("large", 300_000))
    assert len(topic.objects.objects) == 1


def test_headers_make_room_for_the_size() -> None:
    topic = FakeOrdersTopic()
    eight = {f"own-{n}": "x" for n in range(8)}
    topic.publish(order("o", 300_000), attributes=eight, correlation_id="c-1")
    assert len(topic.aws.parcels[0].attributes) == 10
    assert "correlation_id" not in topic.aws.parcels[0].attributes
    with pytest.raises(RefusedError, match="9 at most, beside ExtendedPayloadSize"):
        topic.publish(order("o", 300_000), attributes=eight | {"own-8": "x"})


class Refusing(FakeBucket):
    """S3 that doesn't take some payloads."""

    def put_object(self, *_: Any, **sent: Any) -> dict[str, Any]:
        if b"bad" in sent["Body"]:
            code = "AccessDenied"
            raise FakeFailure(code)
        return super().put_object(**sent)


def test_nothing_is_sent_of_what_s3_does_not_take() -> None:
    topic = FakeOrdersTopic()
    topic.objects = Refusing()
    with pytest.raises(PublishError, match="AccessDenied"):
        topic.publish(order("bad", 300_000))
    assert not topic.aws.parcels
    with pytest.raises(PublishError, match="AccessDenied") as caught:
        topic.publish_many([order("a", 300_000), order("bad", 300_000), order("b", 10)])
    assert [each.message.order_id for each in caught.value.failed] == ["bad"]
    assert [each.order_id for each in topic.of(Placed)] == ["a", "b"]


def test_what_is_tried_again_is_in_s3_already() -> None:
    topic = FakeOrdersTopic()
    topic.fail_next(retryable=True, times=2)
    topic.publish_many([order("a", 300_000), order("b", 300_000)])
    assert len(topic.objects.objects) == 2
    assert len(topic.aws.parcels) == 2


def pointer(bucket: str = "payloads", key: str = "shop/k", cls: str = POINTER) -> str:
    return json.dumps([cls, {"s3BucketName": bucket, "s3Key": key}])


def polled(body: str, attribute: str = "ExtendedPayloadSize") -> dict[str, Any]:
    given = {attribute: {"DataType": "Number", "StringValue": "300000"}}
    return record(body, given, queue="orders")


class S3(FakeBucket):
    bucket = "payloads"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> S3:
    monkeypatch.setenv(BUCKET, "payloads")
    found = S3()
    found.objects["shop/k"] = json.dumps({"order_id": "o", "total": 1.5}).encode()
    return found


def handler_of(s3: S3, got: list[Any]) -> SqsHandler[Any, None]:
    def handle(message: Any, context: MessageContext) -> None:
        got.append((message, context))

    large = LargeMessages({BUCKET: "shop/"}, largest=1_000, client=s3)
    return SqsHandler(handle, _placed, consumer="billing", large=large)


def _placed(incoming: Incoming) -> Any:
    incoming.type = incoming.type or "OrderPlaced"
    return read(incoming)


@pytest.mark.parametrize(
    ("body", "attribute"),
    [
        (pointer(), "ExtendedPayloadSize"),
        (pointer(cls="com.amazon.sqs.javamessaging.MessageS3Pointer"), "SQSLargePayloadSize"),
    ],
    ids=["now", "before"],
)
def test_pointers_of_amazons_clients_are_followed(s3: S3, body: str, attribute: str) -> None:
    got: list[Any] = []
    event = polled(body, attribute)
    assert handler_of(s3, got)({"Records": [event]}) == {"batchItemFailures": []}
    ((message, context),) = got
    assert message == Placed(order_id="o", total=1.5)
    assert context.record is event  # untouched: what is moved to a dead-letter queue is the pointer


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (pointer(bucket="others"), "into the bucket `others`, where its like don't lie"),
        (pointer(key="secrets/k"), "into the bucket `payloads`"),
        (pointer(key="shop/gone"), "s3://payloads/shop/gone is gone"),
        (pointer(key="shop/huge"), "points to 2,000 bytes; 1,000 may go by S3"),
        (pointer(key="shop/latin"), "isn't UTF-8"),
        (pointer(key="shop/list"), "no JSON object"),
        ("[]", "has no pointer to S3"),
        ('[1, {"s3BucketName": "payloads", "s3Key": "shop/k"}]', "has no pointer to S3"),
        ('["x", {"s3BucketName": "payloads", "s3Key": ["shop/k"]}]', "has no pointer to S3"),
        ('{"order_id": "o"}', "has no pointer to S3"),
        ("no JSON", "the pointer to the message is no JSON"),
        (pointer() + pointer(), "the pointer to the message is no JSON"),
    ],
)
def test_other_pointers_fail_their_message_alone(s3: S3, body: str, why: str) -> None:
    s3.objects |= {
        "secrets/k": b"{}", "shop/huge": b"x" * 2_000, "shop/latin": b"\xff", "shop/list": b"[]",
    }  # fmt: skip
    got: list[Any] = []
    bad, good = polled(body), polled(pointer())
    handler = handler_of(s3, got)
    answer = handler({"Records": [bad, good]})
    assert answer == {"batchItemFailures": [{"itemIdentifier": bad["messageId"]}]}
    assert len(got) == 1
    with pytest.raises(UnreadableError, match=why):
        handler.record(bad)


@pytest.mark.usefixtures("s3")
def test_what_s3_denies_is_told_as_it_is() -> None:
    class Denying(S3):
        def get_object(self, *_: Any, **__: Any) -> dict[str, Any]:
            code = "AccessDenied"
            raise FakeFailure(code)

    with pytest.raises(FakeFailure) as caught:
        handler_of(Denying(), []).record(polled(pointer()))
    assert "gone if nothing else is wrong" in caught.value.__notes__[0]


def test_a_pointer_without_the_attribute_is_no_message(s3: S3) -> None:
    """As for the extended clients; a payload is an object anyway."""
    got: list[Any] = []
    with pytest.raises(UnreadableError, match="no JSON object"):
        handler_of(s3, got).record(record(pointer(), {}, queue="orders"))


def test_a_function_of_a_topic_follows_pointers(s3: S3) -> None:
    got: list[str] = []
    sizes: list[str | None] = []

    def handle(message: Any, context: MessageContext) -> None:
        got.append(message.order_id)
        sizes.append(context.attributes.get("ExtendedPayloadSize"))

    large = LargeMessages({BUCKET: ""}, largest=1_000, client=s3)
    handler = SnsHandler(handle, _placed, consumer="billing", large=large)
    given = {"ExtendedPayloadSize": {"DataType": "Number", "StringValue": "300000"}}
    handler(notification_event(notification(pointer(), given, topic="arn")))
    handler(notification_event(notification('{"order_id": "p", "total": 1}', {}, topic="arn")))
    assert got == ["o", "p"]
    assert sizes == ["300000", None]


def test_an_envelope_in_a_queue_is_opened(s3: S3) -> None:
    got: list[str] = []
    large = LargeMessages({BUCKET: ""}, largest=1_000, client=s3)

    def opened(incoming: Incoming) -> Any:
        large.open_notification(incoming)
        return _placed(incoming)

    def handle(message: Any, _: MessageContext) -> None:
        got.append(message.order_id)

    handler = SqsHandler(handle, opened, consumer="billing", large=large)
    given = {"ExtendedPayloadSize": {"DataType": "Number", "StringValue": "300000"}}
    body = json.dumps(notification(pointer(), given, topic="arn"))
    handler.record(record(body, {}, queue="orders"))
    small = json.dumps(notification('{"order_id": "p", "total": 1}', {}, topic="arn"))
    handler.record(record(small, {}, queue="orders"))
    with pytest.raises(UnreadableError, match="not an SNS notification"):
        handler.record(record('{"order_id": "p", "total": 1}', {}, queue="orders"))
    assert got == ["o", "p"]


def test_coroutines_go_on_while_s3_answers(s3: S3) -> None:
    got: list[str] = []

    @batch(concurrency=3)
    async def handle(message: Any, _: MessageContext) -> None:
        got.append(message.order_id)

    large = LargeMessages({BUCKET: ""}, largest=1_000, client=s3)
    handler = SqsHandler(handle, _placed, consumer="billing", large=large)
    records = [polled(pointer()), polled(pointer(bucket="others")), polled(pointer())]
    answer = handler({"Records": records})
    assert answer == {"batchItemFailures": [{"itemIdentifier": records[1]["messageId"]}]}
    assert got == ["o", "o"]


def test_a_stand_in_for_s3_is_read_in_tests_alone(s3: S3) -> None:
    got: list[Any] = []
    reading = OBJECTS.set(FakeBucket())
    try:
        with pytest.raises(UnreadableError, match="is gone"):
            handler_of(s3, got).record(polled(pointer()))
    finally:
        OBJECTS.reset(reading)
    handler_of(s3, got).record(polled(pointer()))


def test_a_verdict_moves_the_pointer(s3: S3) -> None:
    def handle(message: Any, context: MessageContext) -> None:
        assert json.loads(context.record["body"])[0] == POINTER
        raise DeadLetter(message.order_id)

    large = LargeMessages({BUCKET: ""}, largest=1_000, client=s3)
    handler = SqsHandler(handle, _placed, consumer="billing", large=large)
    with pytest.raises(DeadLetter):
        handler.record(polled(pointer()))
