"""From the topic, through the subscription's filter, to the invoice and its receipt."""

from __future__ import annotations

import pytest

from checkout_messaging import CheckoutApi, MessageContext, PublishError, SendReceipt
from checkout_messaging.testing import FakeOrdersTopic, FakeReceiptsQueue, sqs_event
from invoicing import app
from orders import gold_order


@pytest.fixture(autouse=True)
def receipts(
    monkeypatch: pytest.MonkeyPatch, receipts_queue: FakeReceiptsQueue
) -> FakeReceiptsQueue:
    """The handler publishes to memory."""
    monkeypatch.setattr(app, "receipts", receipts_queue)
    return receipts_queue


def test_big_orders_are_invoiced_and_get_a_receipt(
    checkout_api: CheckoutApi,
    orders_topic: FakeOrdersTopic,
    receipts: FakeReceiptsQueue,
) -> None:
    checkout_api.orders_topic.publish_many([gold_order("o-1"), gold_order("o-2", 99.0)])

    delivered = orders_topic.deliver_to(app.handler).raise_errors()

    assert (delivered.handled, delivered.filtered_out) == (1, 1)
    assert receipts.of(SendReceipt) == [
        SendReceipt(order_id="o-1", email="o-1@customers.example.com")
    ]


def test_an_order_comes_again_when_its_receipt_is_not_taken(
    orders_topic: FakeOrdersTopic, receipts: FakeReceiptsQueue
) -> None:
    orders_topic.publish_many([gold_order("o-1"), gold_order("o-2")])
    receipts.fail_next("InternalError")

    delivered = orders_topic.deliver_to(app.handler)

    assert (delivered.handled, delivered.failed) == (1, 1)
    assert isinstance(delivered.errors[0], PublishError)
    assert [receipt.order_id for receipt in receipts.of(SendReceipt)] == ["o-2"]


def test_a_batch_as_lambda_polls_it(receipts: FakeReceiptsQueue) -> None:
    event = sqs_event(gold_order("o-1"), {"no": "order"})

    response = app.handler(event)

    failed = [item["itemIdentifier"] for item in response["batchItemFailures"]]
    assert failed == [event["Records"][1]["messageId"]]
    assert len(receipts.of(SendReceipt)) == 1


def test_the_function_alone(capsys: pytest.CaptureFixture[str]) -> None:
    app.handler.fn(gold_order("o-1"), MessageContext())

    assert capsys.readouterr().out == "invoice for o-1: 120.50\n"
