"""Packs European orders, and says so on the bus."""

from __future__ import annotations

from datetime import UTC, datetime

from commerce_messaging import CommerceBus, MessageContext, OrderPlaced, OrderShipped
from commerce_messaging.consumers import packer

commerce = CommerceBus()


@packer.handler
def handler(message: OrderPlaced, context: MessageContext) -> None:
    print(f"packed {message.order_id} for {message.country}")
    commerce.publish(
        OrderShipped(order_id=message.order_id, shipped_at=datetime.now(UTC))
    )
