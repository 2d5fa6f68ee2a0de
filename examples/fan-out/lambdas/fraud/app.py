"""Looks at every order as it is placed, and cancels what nobody would buy."""

from __future__ import annotations

from shop_messaging import MessageContext, OrderCancelled, OrderPlaced, OrdersTopic
from shop_messaging.consumers import fraud

orders = OrdersTopic()


@fraud.handler
def handler(message: OrderPlaced, context: MessageContext) -> None:
    pieces = sum(item.quantity for item in message.items)
    print(f"checked {message.order_id}: {pieces} pieces")
    if pieces > 1000:
        orders.publish(
            OrderCancelled(order_id=message.order_id, reason="fraud: too many pieces")
        )
