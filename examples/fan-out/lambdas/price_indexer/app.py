"""Keeps the index of prices; a product's prices come in order."""

from __future__ import annotations

from shop_messaging import MessageContext, PriceChanged
from shop_messaging.consumers import price_indexer


@price_indexer.handler
def handler(message: PriceChanged, context: MessageContext) -> None:
    print(f"price of {message.sku}, version {message.version}: {message.price:.2f}")
