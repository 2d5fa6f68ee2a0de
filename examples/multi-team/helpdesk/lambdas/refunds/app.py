"""Pays back what is cancelled."""

from __future__ import annotations

from helpdesk_messaging import MessageContext, OrderCancelled
from helpdesk_messaging.consumers import refunds


@refunds.handler
def handler(message: OrderCancelled, context: MessageContext) -> None:
    print(f"refund for {message.order_id}")
