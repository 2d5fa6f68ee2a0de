"""Writes an invoice for big orders and for gifts."""

from __future__ import annotations

from shop_messaging import MessageContext, OrderPlaced
from shop_messaging.consumers import invoicing


@invoicing.handler
def handler(message: OrderPlaced, context: MessageContext) -> None:
    print(f"invoice for {message.order_id}: {message.total:.2f}")
