"""Plans a call to a good customer."""

from __future__ import annotations

from storefront_messaging import MessageContext, OrderPlaced
from storefront_messaging.consumers import concierge


@concierge.handler
def handler(message: OrderPlaced, context: MessageContext) -> None:
    print(f"call about {message.order_id}: {message.total:.2f}")
