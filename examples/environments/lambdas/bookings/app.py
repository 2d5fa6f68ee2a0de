"""Puts rooms on the list of the housekeeping."""

from __future__ import annotations

import os

from bookings_messaging import MessageContext, RoomBooked
from bookings_messaging.consumers import cleaning


@cleaning.handler
def handler(message: RoomBooked, context: MessageContext) -> None:
    stage = os.environ.get("STAGE", "here")
    print(f"room {message.room} for {message.nights} nights, in {stage}")
