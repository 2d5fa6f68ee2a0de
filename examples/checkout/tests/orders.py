"""Orders to publish."""

from __future__ import annotations

from checkout_messaging import OrderPlaced, OrderPlacedCustomer, OrderPlacedItem


def gold_order(order_id: str, total: float = 120.5) -> OrderPlaced:
    """An order of a good customer."""
    return OrderPlaced(
        order_id=order_id,
        event_id=f"e-{order_id}",
        total=total,
        customer=OrderPlacedCustomer(tier="gold"),
        items=(OrderPlacedItem(sku="A", quantity=1),),
    )
