"""Packs orders, and forgets those that are cancelled."""

from __future__ import annotations

from fulfilment_messaging import (
    MessageContext,
    OrderCancelled,
    OrderPlaced,
    ParcelsBus,
    ParcelShipped,
)
from fulfilment_messaging.consumers import packer

parcels = ParcelsBus()


@packer.handler
def handler(message: OrderPlaced | OrderCancelled, context: MessageContext) -> None:
    match message:
        case OrderPlaced(order_id=order):
            parcels.publish(
                ParcelShipped(order_id=order, parcel_id=f"p-{order}", carrier="dhl")
            )
        case OrderCancelled(order_id=order):
            print(f"nothing to pack for {order}")
