"""Messages on their way, as they are in queues and topics, and on buses."""

from __future__ import annotations

import json
from typing import Any

from ..publishing.wire import Attributes

Event = dict[str, Any]


class Parcel:
    """A message on its way through the topology."""

    __slots__ = (
        "attributes",
        "body",
        "event",
        "message_id",
        "origin",
        "sent",
        "system",
    )

    def __init__(
        self,
        *,
        message_id: str,
        body: str = "",
        attributes: Attributes | None = None,
        event: Event | None = None,
        system: dict[str, str] | None = None,
    ) -> None:
        self.message_id = message_id
        self.body = body
        self.attributes = attributes or {}
        self.event = event
        """On a bus it is an event; elsewhere, a body with attributes."""
        self.system = system or {}
        """FIFO group and deduplication id, by SQS's names."""
        self.sent = 0.0
        """When it was published, in seconds of a fake's time."""
        self.origin: Parcel | None = None
        """As what it was published, of what has arrived."""

    def as_message(self) -> Parcel:
        """Return what a queue or a topic gets of it."""
        if self.event is None:
            return self
        return Parcel(
            message_id=self.message_id, body=json.dumps(self.event), system=self.system
        )
