"""Writes the invoice of a big order, and asks for a receipt."""

from __future__ import annotations

from checkout_messaging import MessageContext, OrderPlaced, ReceiptsQueue, SendReceipt
from checkout_messaging.consumers import invoicing

receipts = ReceiptsQueue()


@invoicing.handler
def handler(message: OrderPlaced, context: MessageContext) -> None:
    print(f"invoice for {message.order_id}: {message.total:.2f}")
    receipts.publish(
        SendReceipt(
            order_id=message.order_id, email=f"{message.order_id}@customers.example.com"
        )
    )
