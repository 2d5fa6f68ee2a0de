"""Stores of handled messages: one in memory, and one in a table of DynamoDB."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from msgc.runtime.errors import AddressError
from msgc.runtime.handling.dynamodb import DynamoDbStore
from msgc.runtime.handling.handlers import SqsHandler
from msgc.runtime.handling.idempotency import Idempotency, InProgressError, Once
from msgc.runtime.handling.incoming import MessageContext
from msgc.runtime.handling.memory import InMemoryStore
from msgc.runtime.publishing import aws
from tests.runtime.messages import Cancelled, Placed, read


class Clock:
    """The time, which passes when it is told to."""

    now = 1_767_225_600.0

    def __call__(self) -> float:
        return self.now


CLOCK = Clock()
Make = Callable[[], Idempotency]


@pytest.fixture
def make(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """What makes a store; several of one table, as functions have them."""
    CLOCK.now = Clock.now
    if request.param == "memory":
        one = InMemoryStore(expires=100, in_progress=10, clock=CLOCK)
        yield lambda: one
        return
    monkeypatch.setattr("msgc.runtime.handling.dynamodb.time", CLOCK_MODULE)
    with mock_aws():
        client = boto3.client("dynamodb", region_name="eu-west-1")
        client.create_table(
            TableName="claims",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )
        monkeypatch.setattr(aws, "client", lambda *_: client)
        monkeypatch.setenv("CLAIMS_TABLE", "claims")
        yield lambda: DynamoDbStore(variable="CLAIMS_TABLE", expires=100, in_progress=10)


class _Time:
    @staticmethod
    def time() -> float:
        return CLOCK.now


CLOCK_MODULE = _Time()
both = pytest.mark.parametrize("make", ["memory", "table"], indirect=True)


@both
def test_a_message_is_claimed_once(make: Make) -> None:
    first, second = make(), make()
    assert first.begin("a")
    with pytest.raises(InProgressError, match="`a` is being handled somewhere else"):
        second.begin("a")
    first.done("a")
    assert not second.begin("a")
    assert second.begin("b"), "another one isn't held up"


@both
def test_what_failed_may_come_again(make: Make) -> None:
    first, second = make(), make()
    assert first.begin("a")
    first.abandon("a")
    assert second.begin("a")


@both
def test_a_claim_of_a_function_that_never_came_back_ends(make: Make) -> None:
    first, second = make(), make()
    assert first.begin("a")
    CLOCK.now += 11
    assert second.begin("a")


@both
def test_what_was_handled_is_forgotten_after_a_while(make: Make) -> None:
    store = make()
    assert store.begin("a")
    store.done("a")
    CLOCK.now += 99
    assert not store.begin("a")
    CLOCK.now += 2
    assert store.begin("a")


@pytest.mark.parametrize("make", ["table"], indirect=True)
def test_nobody_gives_back_the_claim_of_another(make: Make) -> None:
    late, other = make(), make()
    assert late.begin("a")
    CLOCK.now += 11
    assert other.begin("a")
    late.abandon("a")
    with pytest.raises(InProgressError):
        make().begin("a")


@pytest.mark.parametrize("make", ["table"], indirect=True)
def test_other_errors_of_dynamodb_are_its_own(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS_TABLE", "nowhere")
    store = make()
    for call in (store.begin, store.done, store.abandon):
        with pytest.raises(Exception, match="ResourceNotFound"):
            call("a")


def test_a_missing_table_is_named() -> None:
    with pytest.raises(AddressError, match="variable NO_TABLE is not set"):
        DynamoDbStore(variable="NO_TABLE").begin("a")


def test_memory_does_not_grow_for_ever() -> None:
    CLOCK.now = Clock.now
    store = InMemoryStore(expires=10, in_progress=10, clock=CLOCK)
    for number in range(1000):
        CLOCK.now += 1
        store.begin(str(number))
        store.done(str(number))
    assert len(store.keys) < 15


# Of a handler


def record(number: int, **body: Any) -> dict[str, Any]:
    told = {"stringValue": "OrderPlaced", "dataType": "String"}
    return {
        "messageId": f"m-{number}", "receiptHandle": "r", "attributes": {},
        "body": json.dumps({"order_id": "o", "total": 1, **body}),
        "messageAttributes": {"message_type": told},
    }  # fmt: skip


def test_a_handler_asks_its_store_by_the_field() -> None:
    handled: list[str] = []
    store = InMemoryStore()

    def handle(message: Placed | Cancelled, _: MessageContext) -> None:
        handled.append(message.order_id)
        if message.order_id == "bad" and handled.count("bad") == 1:
            raise LookupError

    once = Once(store, {"Placed": ("order_id",)})
    handler = SqsHandler(handle, read, consumer="billing", service="shop", once=once)
    twice = [record(1), record(2), record(3, order_id="bad"), record(3, order_id="bad")]
    assert handler({"Records": twice})["batchItemFailures"] == [{"itemIdentifier": "m-3"}]
    assert handled == ["o", "bad", "bad"]
    assert store.keys == ["shop/billing#OrderPlaced#o", "shop/billing#OrderPlaced#bad"]
    handler.fn(Placed(order_id="o"), MessageContext())
    assert handled[-1] == "o", "the function itself knows nothing of it"


def test_without_the_field_a_message_has_its_id() -> None:
    store = InMemoryStore()
    once = Once(store, {"Placed": ("note",), "Cancelled": ("a", "b")})
    handler = SqsHandler(lambda *_: None, read, consumer="c", once=once)
    handler({"Records": [record(1), record(2, note="n"), record(3, note=None)]})
    assert store.keys == ["c#OrderPlaced#m-1", "c#OrderPlaced#n"]


def test_a_message_in_progress_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    store = InMemoryStore()
    handler = SqsHandler(lambda *_: None, read, consumer="c", once=Once(store))
    store.begin("c#OrderPlaced#m-1")
    assert handler({"Records": [record(1)]})["batchItemFailures"] == [{"itemIdentifier": "m-1"}]
    assert "Traceback" not in caplog.text
