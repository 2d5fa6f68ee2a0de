"""Packs every order that is on the bus."""

from __future__ import annotations

from checkout_messaging import MessageContext, OrderPlaced
from checkout_messaging.consumers import warehouse


@warehouse.handler
def handler(message: OrderPlaced, context: MessageContext) -> None:
    for item in message.items:
        print(f"packed {item.quantity} x {item.sku} for {message.order_id}")
