"""Calls of up to ten: what is tried again, after which pauses, and in which threads."""

from __future__ import annotations

import random
import threading
import time
from contextvars import ContextVar
from typing import Any

import pytest

from msgc.runtime.publishing.attributed import AttributedPublisher
from msgc.runtime.publishing.failures import PublishError
from tests.runtime.messages import (
    Cancelled,
    FakeLinesQueue,
    FakeOrdersQueue,
    FakeOrdersTopic,
    FakeShopBus,
    OrdersQueue,
    OrdersTopic,
    Placed,
    ShopBus,
    orders,
)

FAKES = [FakeOrdersTopic, FakeOrdersQueue, FakeShopBus]
CALLER: ContextVar[str] = ContextVar("CALLER", default="nobody")


@pytest.mark.parametrize("fake", FAKES)
@pytest.mark.parametrize(
    "code", ["Throttled", "ThrottlingException", "KMSThrottlingException", "RequestThrottled"]
)
def test_what_was_throttled_is_tried_again_although_it_is_called_the_senders_fault(
    fake: Any, code: str
) -> None:
    publisher = fake()
    publisher.fail_next(code, times=4, retryable=False)
    assert len(publisher.publish_many(orders(3))) == 3
    assert len(publisher.of(Placed)) == 3


@pytest.mark.parametrize("code", ["InternalException", "InternalFailure", "ServiceUnavailable"])
def test_a_bus_that_fails_is_tried_again(code: str) -> None:
    bus = FakeShopBus()
    bus.fail_next(code, times=4)
    assert len(bus.publish_many(orders(1))) == 1
    bus.fail_next("MalformedDetail")
    with pytest.raises(PublishError):
        bus.publish_many(orders(1))
    assert len(bus.of(Placed)) == 1


@pytest.mark.parametrize("fake", FAKES)
def test_throttled_for_good(fake: Any) -> None:
    publisher = fake()
    publisher.fail_next("Throttled", times=5)
    with pytest.raises(PublishError) as caught:
        publisher.publish_many(orders(1))
    assert [(each.code, each.retryable) for each in caught.value.failed] == [("Throttled", True)]
    assert not publisher.aws.failures
    assert publisher.aws.parcels == []


def test_pauses_between_tries_grow_and_are_drawn_at_random() -> None:
    pauses: list[float] = []

    class Patient(FakeOrdersTopic):
        @staticmethod
        def _pause(seconds: float) -> None:
            pauses.append(seconds)

    topic = Patient()
    topic.fail_next("InternalError", times=5, retryable=True)
    random.seed(7)
    with pytest.raises(PublishError):
        topic.publish_many(orders(1))
    random.seed(7)
    assert pauses == [random.uniform(0, most) for most in (0.2, 0.4, 0.8, 1.6)]
    assert min(pauses) > 0


def test_nothing_waits_when_nothing_is_tried_again() -> None:
    pauses: list[float] = []

    class Patient(FakeOrdersTopic):
        @staticmethod
        def _pause(seconds: float) -> None:
            pauses.append(seconds)

    topic = Patient()
    topic.fail_next("InvalidParameterValue")
    with pytest.raises(PublishError):
        topic.publish_many(orders(25))
    assert pauses == []


@pytest.mark.parametrize("publisher", [OrdersTopic, OrdersQueue, ShopBus])
def test_a_pause_is_one(publisher: Any) -> None:
    started = time.monotonic()
    publisher._pause(0.02)  # noqa: SLF001  # the seam that fakes replace
    assert time.monotonic() - started >= 0.02


class Sqs:
    """Notes what every call was made with, and by whom; answers what it is told to."""

    def __init__(self, answer: Any = None) -> None:
        self.sent: list[dict[str, Any]] = []
        self.callers: list[tuple[str, int]] = []
        self.lock = threading.Lock()
        self.answer = answer

    def send_message(self, **sent: Any) -> Any:
        self.sent.append(sent)
        return {"MessageId": "m"}

    def send_message_batch(self, **sent: Any) -> Any:
        time.sleep(0.005)  # so that other threads get their turn
        with self.lock:
            self.sent += sent["Entries"]
            self.callers.append((CALLER.get(), threading.get_ident()))
        if self.answer is not None:
            return self.answer
        return {"Successful": [{"Id": e["Id"], "MessageId": "m"} for e in sent["Entries"]]}


def test_threads_see_the_context_variables_of_the_caller() -> None:
    sqs = Sqs()
    token = CALLER.set("checkout")
    try:
        OrdersQueue(url="https://x", client=sqs).publish_many(orders(100), concurrency=4)
    finally:
        CALLER.reset(token)
    assert {caller for caller, _ in sqs.callers} == {"checkout"}
    assert len({thread for _, thread in sqs.callers} - {threading.get_ident()}) > 1


@pytest.mark.parametrize("concurrency", [0, -1])
def test_no_thread_is_too_few(concurrency: int) -> None:
    queue = FakeOrdersQueue()
    with pytest.raises(ValueError, match=f"`concurrency` is at least 1, not {concurrency}"):
        queue.publish_many(orders(1), concurrency=concurrency)
    assert queue.aws.parcels == []


@pytest.mark.parametrize("many", [False, True])
def test_a_standard_queue_gets_no_deduplication_id(*, many: bool) -> None:
    """SQS refuses it there; a group it takes, for fair queues."""
    sqs = Sqs()

    class Standard(OrdersQueue):
        carries = FakeLinesQueue.carries  # has a group and a deduplication id

    queue = Standard(url="https://x", client=sqs)
    order = Placed(order_id="o-1", note="g-1")
    if many:
        queue.publish_many([order])
    else:
        queue.publish(order)
    assert sqs.sent[0]["MessageGroupId"] == "g-1"
    assert "MessageDeduplicationId" not in sqs.sent[0]
    assert isinstance(queue, AttributedPublisher)


@pytest.mark.parametrize("answer", [{}, {"Successful": [], "Failed": []}])
def test_what_the_answer_does_not_mention_is_not_published(answer: Any) -> None:
    queue = OrdersQueue(url="https://x", client=Sqs(answer))
    with pytest.raises(PublishError, match="NoResult") as caught:
        queue.publish_many(orders(2))
    assert [failed.index for failed in caught.value.failed] == [0, 1]
    assert caught.value.published == 0


def test_nothing_is_published_of_nothing() -> None:
    assert FakeOrdersTopic().publish_many([]) == []


class Mine(Cancelled):
    """What an application derives from a message."""


def test_a_subclass_is_published_as_the_message_that_it_is() -> None:
    topic = FakeOrdersTopic()
    topic.publish(Mine(order_id="o"))
    assert topic.of(Cancelled) == [Cancelled(order_id="o")]


def test_a_class_of_the_same_name_elsewhere_is_refused() -> None:
    other = type("Placed", (), {"__module__": "billing_messaging.messages.placed"})
    for publisher in (FakeOrdersTopic(), FakeOrdersQueue(), FakeShopBus()):
        with pytest.raises(TypeError) as caught:
            publisher.publish(other())
        assert str(caught.value) == (
            f"{type(publisher).__name__} doesn't carry billing_messaging.messages.placed.Placed, "
            "but the one of tests.runtime.messages"
        )
        assert publisher.aws.parcels == []


def test_what_derives_from_a_publisher_carries_the_same_messages() -> None:
    members = {"__module__": "shop.publishers.audited", "carries": FakeOrdersTopic.carries}
    audited = type("AuditedTopic", (FakeOrdersTopic,), members)
    topic = audited()
    topic.publish(Cancelled(order_id="o"))
    assert topic.of(Cancelled) == [Cancelled(order_id="o")]
