"""Moves parcels on the map that customers see."""

from __future__ import annotations

from parcels_messaging import MessageContext, ParcelScanned
from parcels_messaging.consumers import tracking


@tracking.handler
def handler(message: ParcelScanned, context: MessageContext) -> None:
    print(f"parcel {message.parcel} is in {message.depot}")
