"""From the bank's queue to the function that the pipe asks."""

from __future__ import annotations

from datetime import datetime

from books_messaging import PaymentReceived
from books_messaging.testing import FakePaymentsQueue
from matching import app

NOON = "2026-01-31T12:00:00Z"


def payment(text: str) -> PaymentReceived:
    """Return a payment with what the customer wrote."""
    return PaymentReceived(
        text=text, amount=120.5, received_at=datetime.fromisoformat(NOON)
    )


def test_the_pipe_asks_about_each_payment(payments_queue: FakePaymentsQueue) -> None:
    payments_queue.publish_many([payment("for INV-7, thanks"), payment("INV-8")])

    delivered = payments_queue.deliver_to(app.handler).raise_errors()

    assert delivered.handled == 2


def test_a_payment_pays_the_invoice_that_it_names() -> None:
    (paid,) = app.handler([{"text": "for INV-7", "amount": 120.5, "received_at": NOON}])

    assert paid == {"invoice_id": "INV-7", "amount": 120.5, "paid_at": NOON}


def test_a_payment_for_nothing_fails(payments_queue: FakePaymentsQueue) -> None:
    payments_queue.publish(payment("thanks"))

    delivered = payments_queue.deliver_to(app.handler)

    assert (delivered.handled, delivered.failed) == (0, 1)
    assert isinstance(delivered.errors[0], LookupError)
