"""A message is handled once by each consumer, and by none that hasn't run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from msgc.runtime.handling.envelopes import open_notification
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.idempotency import idempotent
from msgc.runtime.handling.incoming import Incoming, MessageContext
from msgc.runtime.handling.pushed import EventBridgeHandler
from msgc.runtime.handling.untyped import UntypedMessage
from msgc.runtime.publishing.wire import Attributes
from msgc.runtime.testing.events import eventbridge_event, notification, record, sqs_event
from tests.runtime.messages import Cancelled, Placed, read

Handle = Callable[[Any, MessageContext], Any]


class Memory:
    """A store that says what became of every claim."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}

    def begin(self, key: str) -> bool:
        if self.states.get(key) == "done":
            return False
        self.states[key] = "begun"
        return True

    def done(self, key: str) -> None:
        assert self.states[key] == "begun"
        self.states[key] = "done"

    def abandon(self, key: str) -> None:
        assert self.states.pop(key) == "begun"


def _sqs(function: Handle, consumer: str = "billing", service: str = "shop") -> Any:
    return SqsHandler(function, read, consumer=consumer, service=service, fifo=True)


def _log(handled: list[str]) -> Handle:
    def handle(message: Any, _: MessageContext) -> None:
        if message.order_id.startswith("bad"):
            raise LookupError(message.order_id)
        handled.append(message.order_id)

    return handle


def test_a_message_is_handled_once() -> None:
    handled: list[str] = []
    store = Memory()
    handler = _sqs(idempotent(store)(_log(handled)))
    event = sqs_event(Placed(order_id="a"), Placed(order_id="bad"))
    for _ in range(2):
        (failed,) = handler(event)["batchItemFailures"]
        assert failed["itemIdentifier"] == event["Records"][1]["messageId"]
    assert handled == ["a"]
    assert list(store.states.values()) == ["done"]


def test_consumers_that_share_a_store_swallow_nothing_of_each_other() -> None:
    """The same event of a bus, and the same notification, reach all of them under one id."""
    handled: list[str] = []
    store = Memory()
    event = eventbridge_event(Placed(order_id="a"))
    consumers = [("billing", "shop"), ("packing", "shop"), ("billing", "mail"), ("mail", "")]
    for consumer, service in consumers * 2:
        function = idempotent(store)(_log(handled))
        EventBridgeHandler(function, read, consumer=consumer, service=service)(event)
    assert handled == ["a"] * 4
    assert list(store.states) == [
        f"shop/billing#OrderPlaced#{event['id']}",
        f"shop/packing#OrderPlaced#{event['id']}",
        f"mail/billing#OrderPlaced#{event['id']}",
        f"mail#OrderPlaced#{event['id']}",
    ]


def _fifo(message: Placed | Cancelled, deduplication: str) -> dict[str, Any]:
    event = sqs_event(message, group="g")
    event["Records"][0]["attributes"]["MessageDeduplicationId"] = deduplication
    return event


def test_types_that_share_an_id_swallow_nothing_of_each_other() -> None:
    handled: list[str] = []
    store = Memory()
    handler = _sqs(idempotent(store)(_log(handled)))
    for message in (Placed(order_id="a"), Cancelled(order_id="a"), Placed(order_id="a")):
        assert handler(_fifo(message, "d-1")) == {"batchItemFailures": []}
    assert handled == ["a", "a"]
    assert list(store.states) == ["shop/billing#OrderPlaced#d-1", "shop/billing#OrderCancelled#d-1"]


def test_a_key_of_ones_own_begins_the_same_way() -> None:
    store = Memory()
    handler = _sqs(idempotent(store, key=lambda message, _: message.order_id)(_log([])))
    handler(sqs_event(Placed(order_id="a")))
    assert list(store.states) == ["shop/billing#OrderPlaced#a"]


def test_a_message_without_a_type() -> None:
    store = Memory()
    handler = SqsHandler(
        idempotent(store)(lambda _, __: None), UntypedMessage.of, consumer="audit", service="shop"
    )
    for given in ({"message_type": {"DataType": "String", "StringValue": "T"}}, Attributes()):
        handler({"Records": [record("{}", given, queue="q", message_id="m")]})
    assert list(store.states) == ["shop/audit#T#m", "shop/audit##m"]


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        (MessageContext(message_id="m"), "the context's `consumer` is empty"),
        (MessageContext(consumer="billing"), "the message's key is empty"),
    ],
)
def test_what_cannot_be_told_from_others_is_not_taken_for_one_of_them(
    context: MessageContext, reason: str
) -> None:
    store = Memory()
    with pytest.raises(ValueError, match=reason):
        idempotent(store)(_log([]))(Placed(order_id="a"), context)
    assert store.states == {}


def test_a_coroutine_is_done_when_it_has_run() -> None:
    states: list[str] = []
    store = Memory()

    @idempotent(store)
    async def handle(message: Any, _: MessageContext) -> None:
        await asyncio.sleep(0)
        states.extend(store.states.values())
        if message.order_id == "bad":
            raise LookupError

    event = sqs_event(Placed(order_id="a"), Placed(order_id="bad"))
    assert len(_sqs(handle)(event)["batchItemFailures"]) == 1
    assert states == ["begun", "done", "begun"]
    assert list(store.states.values()) == ["done"]


def test_a_coroutine_stays_one_for_tests_that_await_it() -> None:
    store = Memory()
    once = idempotent(store)(_coroutine)

    async def test() -> None:
        await once(Placed(order_id="a"), MessageContext(consumer="billing", message_id="m"))

    asyncio.run(test())
    assert store.states == {"billing#OrderPlaced#m": "done"}


async def _coroutine(_message: Any, _: MessageContext) -> None:
    await asyncio.sleep(0)


async def _of_a_generator(message: Any, _: MessageContext) -> Any:
    return (each for each in message.order_id)


def test_a_coroutine_that_does_not_show_is_run_as_well() -> None:
    store = Memory()
    handler = _sqs(idempotent(store)(lambda message, _: _coroutine(message, MessageContext())))
    assert handler(sqs_event(Placed(order_id="a"))) == {"batchItemFailures": []}
    assert list(store.states.values()) == ["done"]


@pytest.mark.parametrize(
    "function", [_of_a_generator, lambda message, _: (each for each in message.order_id)]
)
def test_what_has_not_run_is_not_done(function: Any) -> None:
    store = Memory()
    handler = _sqs(idempotent(store)(function))
    assert len(handler(sqs_event(Placed(order_id="a")))["batchItemFailures"]) == 1
    assert store.states == {}


def test_a_generator_function_is_refused_when_it_is_decorated() -> None:
    def generator(message: Any, _: MessageContext) -> Any:
        yield message

    with pytest.raises(TypeError, match="`generator` is a generator function"):
        idempotent(Memory())(generator)


def test_an_interrupted_message_is_given_back() -> None:
    store = Memory()

    @idempotent(store)
    def handle(_message: Any, _: MessageContext) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _sqs(handle)(sqs_event(Placed(order_id="a")))
    assert store.states == {}


def test_a_notification_is_known_by_the_id_that_its_publisher_got() -> None:
    def opened(incoming: Incoming) -> Any:
        open_notification(incoming)
        return read(incoming)

    store = Memory()
    handler = SqsHandler(idempotent(store)(_log([])), opened, consumer="billing", service="shop")
    given = {"message_type": {"DataType": "String", "StringValue": "OrderCancelled"}}
    envelope = notification('{"order_id":"a"}', given, topic="arn:t", message_id="m")
    handler(sqs_event(envelope, envelope))
    assert list(store.states) == ["shop/billing#OrderCancelled#m"]
