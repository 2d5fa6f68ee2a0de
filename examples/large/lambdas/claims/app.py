"""Opens a claim for each damaged parcel."""

from __future__ import annotations

from parcels_messaging import ClaimOpened, ClaimsQueue, MessageContext, ParcelScanned
from parcels_messaging.consumers import damages

claims = ClaimsQueue()


@damages.handler
def handler(message: ParcelScanned, context: MessageContext) -> None:
    claims.publish(ClaimOpened(parcel=message.parcel))
