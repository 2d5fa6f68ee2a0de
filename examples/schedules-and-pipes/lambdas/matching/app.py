"""Finds the invoice that a payment is for: the customer should have written its number."""

from __future__ import annotations

import re

from books_messaging import InvoicePaid, MessageContext, PaymentReceived
from books_messaging.consumers import matching


@matching.handler
def handler(message: PaymentReceived, context: MessageContext) -> InvoicePaid:
    """Return what was paid; a payment for nothing fails, and ends in `payments-dlq`."""
    found = re.search(r"\bINV-\d+\b", message.text)
    if found is None:
        raise LookupError(f"no invoice in {message.text!r}")
    return InvoicePaid(
        invoice_id=found[0], amount=message.amount, paid_at=message.received_at
    )
