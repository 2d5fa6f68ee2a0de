"""Sends receipts, and hands a copy of each to the archive service."""

from __future__ import annotations

from mailer_messaging import ExportsQueue, MessageContext, SendReceipt
from mailer_messaging.consumers import receipt_sender

exports = ExportsQueue()


@receipt_sender.handler
def handler(message: SendReceipt, context: MessageContext) -> None:
    lines = ", ".join(f"{line.quantity} x {line.sku}" for line in message.lines)
    print(f"receipt {message.receipt_id} to {message.email}: {lines}")
    exports.publish(message)
