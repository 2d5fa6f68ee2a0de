"""Hops along which something else is delivered than what came in: `send` in messaging.yaml."""

from __future__ import annotations

import json
from typing import Any

from . import events
from .routes import Event, Parcel, Ruled
from .templates import fill

_RULE = "rule/sample"


class Transformed(Ruled):
    """Through a bus: the rule's pattern, and the message that it makes of the event."""

    def __init__(
        self,
        pattern: dict[str, Any],
        *,
        send: Any,
        group: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(pattern, group=group)
        self._send = send

    def take(self, parcel: Parcel) -> Parcel | None:
        """Return the message that is made of an event which matches."""
        event, taken = parcel.event, super().take(parcel)
        if event is None or taken is None:
            return None
        made = fill(self._send, event, _known(event))
        return Parcel(
            message_id=parcel.message_id, body=json.dumps(made), system=taken.system
        )

    def invoke(self, parcels: list[Parcel]) -> list[Event]:
        """Return what the rule's function is invoked with: the messages themselves."""
        return [json.loads(parcel.body) for parcel in parcels]


def _known(event: Event) -> dict[str, Any]:
    """Return what EventBridge knows beside the event."""
    return {
        "aws.events.rule-arn": events.arn("events", _RULE),
        "aws.events.rule-name": _RULE.partition("/")[2],
        "aws.events.event.ingestion-time": events.TIME,
        "aws.events.event": {k: v for k, v in event.items() if k != "detail"},
        "aws.events.event.json": event,
    }
