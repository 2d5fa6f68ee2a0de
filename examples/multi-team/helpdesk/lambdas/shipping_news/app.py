"""Writes to the customer that a parcel is on its way."""

from __future__ import annotations

from helpdesk_messaging import MessageContext, Parcel
from helpdesk_messaging.consumers import shipping_news


@shipping_news.handler
def handler(message: Parcel, context: MessageContext) -> None:
    print(f"{message.carrier} brings {message.parcel_id} of {message.order_id}")
