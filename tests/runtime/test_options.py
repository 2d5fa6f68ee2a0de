"""What a call of `publish` may say beside its message."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

import pytest

from msgc.runtime.errors import RefusedError
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.pushed import EventBridgeHandler
from msgc.runtime.publishing.publisher import Publisher
from tests.runtime.messages import (
    Cancelled,
    FakeLinesQueue,
    FakeOrdersQueue,
    FakeOrdersTopic,
    FakeShopBus,
    Placed,
    orders,
    read,
)

ORDER = Placed(order_id="o-1")
LINE = Placed(order_id="o-1", note="g-1")


class Calls:
    """A client that keeps what it is called with."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(**parameters: Any) -> dict[str, Any]:
            self.sent.append(parameters)
            return {"MessageId": "m", "Entries": [{"EventId": "e"}]}

        return call


def sent(publisher: Publisher[Any], message: object = ORDER, **options: Any) -> dict[str, Any]:
    publisher._client = calls = Calls()  # noqa: SLF001  # below the fake's
    publisher.publish(message, **options)  # type: ignore[attr-defined]
    return calls.sent[0]


def test_parameters_go_to_the_service() -> None:
    topic = sent(FakeOrdersTopic(), subject="An order", group="g-7")
    assert (topic["Subject"], topic["MessageGroupId"]) == ("An order", "g-7")
    queue = sent(FakeOrdersQueue(), delay=timedelta(seconds=1.5), group="g-7")
    assert (queue["DelaySeconds"], queue["MessageGroupId"]) == (2, "g-7")
    line = sent(FakeLinesQueue(), group="g-7", deduplication_id="d-1")
    assert (line["MessageGroupId"], line["MessageDeduplicationId"]) == ("g-7", "d-1")


def test_a_fifo_message_without_a_group_of_its_own_has_that_of_the_call() -> None:
    with pytest.raises(RefusedError, match="has no `note`, which is its group"):
        sent(FakeLinesQueue())
    found = sent(FakeLinesQueue(), group="g-7")
    assert (found["MessageGroupId"], found["MessageDeduplicationId"]) == ("g-7", "o-1")


def test_none_is_as_if_left_out() -> None:
    nothing: dict[str, Any] = dict.fromkeys(("attributes", "delay", "group", "correlation_id"))
    assert sent(FakeOrdersQueue(), **nothing) == sent(FakeOrdersQueue())


def test_attributes_are_added() -> None:
    found = sent(FakeOrdersTopic(), attributes={"tenant": "t-1", "weight": 1.5, "vip": True})
    assert found["MessageAttributes"] == {
        "message_type": {"DataType": "String", "StringValue": "OrderPlaced"},
        "total": {"DataType": "Number", "StringValue": "1"},
        "tenant": {"DataType": "String", "StringValue": "t-1"},
        "weight": {"DataType": "Number", "StringValue": "1.5"},
        "vip": {"DataType": "String", "StringValue": "true"},
    }


def test_a_correlation_id_goes_along_everywhere() -> None:
    for publisher in (FakeOrdersTopic(), FakeOrdersQueue()):
        attributes = sent(publisher, correlation_id="c-1")["MessageAttributes"]
        assert attributes["correlation_id"] == {"DataType": "String", "StringValue": "c-1"}
    (event,) = sent(FakeShopBus(), correlation_id="c-1")["Entries"]
    assert event["Resources"] == ["correlation_id=c-1"]
    assert json.loads(event["Detail"]) == {"order_id": "o-1", "total": 1.0}


LONG = {f"a{i}": "x" for i in range(9)}


@pytest.mark.parametrize(
    ("publisher", "options", "problem"),
    [
        (FakeOrdersTopic, {"attributes": {"message_type": "x"}}, "sends by itself"),
        (FakeOrdersTopic, {"attributes": {"total": 1}}, "sends by itself"),
        (FakeOrdersTopic, {"attributes": {"correlation_id": "x"}}, "sends by itself"),
        (FakeOrdersTopic, {"attributes": {"AWS.x": "x"}}, "is no name"),
        (FakeOrdersTopic, {"attributes": {"a..b": "x"}}, "is no name"),
        (FakeOrdersTopic, {"attributes": {"a b": "x"}}, "is no name"),
        (FakeOrdersTopic, {"attributes": {"a": ""}}, "is empty"),
        (FakeOrdersTopic, {"attributes": {"a": "\0"}}, "has characters"),
        (FakeOrdersTopic, {"attributes": {"a": float("nan")}}, "neither text nor a number"),
        (FakeOrdersTopic, {"attributes": {"a": ["x"]}}, "neither text nor a number"),
        (FakeOrdersTopic, {"attributes": LONG}, "message attributes; a message has 10"),
        (FakeOrdersTopic, {"subject": "a\nb"}, "`subject` is 1 to 99"),
        (FakeOrdersTopic, {"subject": "x" * 100}, "`subject` is 1 to 99"),
        (FakeOrdersTopic, {"group": "a b"}, "`group` is no group"),
        (FakeOrdersTopic, {"deduplication_id": "d"}, "only FIFO queues and topics"),
        (FakeOrdersTopic, {"correlation_id": ""}, "`correlation_id` is empty"),
        (FakeOrdersQueue, {"delay": 901}, "from 0 to 900 seconds"),
        (FakeOrdersQueue, {"delay": -1}, "from 0 to 900 seconds"),
        (FakeLinesQueue, {"delay": 1}, "on a FIFO queue the delay is the queue's"),
    ],
)  # fmt: skip
def test_what_aws_refuses_is_refused(
    publisher: Callable[[], Any], options: dict[str, Any], problem: str
) -> None:
    fake = publisher()
    with pytest.raises(RefusedError, match=problem):
        fake.publish(LINE, **options)
    if "deduplication_id" not in options:
        with pytest.raises(RefusedError, match=problem) as caught:
            fake.publish_many([LINE], **options)
        assert caught.value.index == 0
    assert fake.aws.parcels == []


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        (FakeOrdersTopic, "delay"), (FakeOrdersQueue, "subject"), (FakeShopBus, "attributes"),
        (FakeShopBus, "group"), (FakeOrdersQueue, "dealy"),
    ],
)  # fmt: skip
def test_an_option_that_means_nothing_is_an_error(publisher: Callable[[], Any], name: str) -> None:
    problem = f"publish\\(\\) got an unexpected keyword argument '{name}'"
    with pytest.raises(TypeError, match=problem):
        publisher().publish(ORDER, **{name: None})


def test_one_deduplication_id_for_many_would_lose_all_but_one() -> None:
    with pytest.raises(TypeError, match=r"publish_many\(\) got an unexpected .*'dedup"):
        FakeLinesQueue().publish_many([LINE, LINE], deduplication_id="d")  # type: ignore[call-arg]


def test_a_delay_is_a_number() -> None:
    for value in (True, "5"):
        with pytest.raises(TypeError, match="`delay` is seconds or a timedelta"):
            FakeOrdersQueue().publish(ORDER, delay=value)  # type: ignore[arg-type]


def test_options_are_for_all_messages() -> None:
    queue = FakeOrdersQueue()
    queue.publish_many(orders(12), concurrency=2, attributes={"tenant": "t"}, correlation_id="c")
    assert len(queue.aws.parcels) == 12
    assert {p.attributes["tenant"]["StringValue"] for p in queue.aws.parcels} == {"t"}
    assert {p.attributes["correlation_id"]["StringValue"] for p in queue.aws.parcels} == {"c"}


CALLER: ContextVar[str] = ContextVar("CALLER", default="")


def test_coroutines_publish_in_threads_that_know_who_is_calling() -> None:
    seen: list[str] = []

    class Queue(FakeOrdersQueue):
        def _call(self, parameters: dict[str, Any]) -> Any:
            seen.append(CALLER.get())
            return super()._call(parameters)

    async def main() -> None:
        CALLER.set("main")
        queue = Queue()
        first = await queue.publish_async(ORDER, delay=5)
        rest = await queue.publish_many_async(orders(3), concurrency=2, group="g")
        assert len({first, *rest}) == 4
        with pytest.raises(RefusedError):
            await queue.publish_async(ORDER, delay=901)

    asyncio.run(main())
    assert seen == ["main"]


def test_what_a_handler_publishes_has_its_correlation_id() -> None:
    queue, bus = FakeOrdersQueue(), FakeShopBus()

    def handle(_: Placed | Cancelled, _context: MessageContext) -> None:
        queue.publish(ORDER)
        bus.publish(ORDER)
        queue.publish(ORDER, correlation_id="own")

    handler = SqsHandler(handle, read, consumer="c")
    told = {"stringValue": "c-1", "dataType": "String"}
    given = {"message_type": {"stringValue": "OrderPlaced", "dataType": "String"}}
    record = {
        "messageId": "m", "body": '{"order_id": "o", "total": 1}', "attributes": {},
        "messageAttributes": {**given, "correlation_id": told},
    }  # fmt: skip
    handler({"Records": [record]})
    found = [p.attributes.get("correlation_id", {}).get("StringValue") for p in queue.aws.parcels]
    assert found == ["c-1", "own"]
    event = bus.aws.parcels[0].event
    assert event is not None
    assert event["resources"] == ["correlation_id=c-1"]

    queue.clear()
    queue.publish(ORDER)
    assert "correlation_id" not in queue.aws.parcels[0].attributes

    EventBridgeHandler(handle, read, consumer="c")(event)
    assert queue.aws.parcels[1].attributes["correlation_id"]["StringValue"] == "c-1"


def test_resources_of_others_are_nothing_of_ours() -> None:
    seen: list[MessageContext] = []
    handler = EventBridgeHandler(lambda _, context: seen.append(context), read, consumer="c")
    event = {
        "source": "com.example.shop", "detail-type": "OrderCancelled", "detail": {"order_id": "o"},
    }  # fmt: skip
    for resources in (["arn:aws:s3:::b/a=b", 7], "arn", {"a": 1}, None, [], ["tenant=t=1"]):
        handler({**event, "resources": resources})
    assert [dict(context.attributes) for context in seen] == [*[{}] * 5, {"tenant": "t=1"}]
