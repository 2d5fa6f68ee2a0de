"""Tells customers that their order is on its way."""

from __future__ import annotations

from commerce_messaging import MessageContext, OrderShipped
from commerce_messaging.consumers import notifier


@notifier.handler
def handler(message: OrderShipped, context: MessageContext) -> None:
    print(f"{message.order_id} was shipped on {message.shipped_at:%d %B %Y}")
