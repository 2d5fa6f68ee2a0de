"""Looks at every order as it is placed: the fraud team's own function."""

from __future__ import annotations

from checkout_messaging import MessageContext, OrderPlaced
from checkout_messaging.consumers import fraud


@fraud.handler
def handler(message: OrderPlaced, context: MessageContext) -> None:
    print(f"checked {message.order_id} of a {message.customer.tier} customer")
