"""Hops along which something else is delivered than what came in: `send` in messaging.yaml."""

from __future__ import annotations

import json
from typing import Any

from . import events
from .parcels import Event, Parcel
from .routes import Piped, Ruled
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


class Remade(Piped):
    """Out of a queue by a pipe, which makes a message of each record."""

    def __init__(
        self,
        queue: str,
        *,
        send: Any,
        patterns: tuple[dict[str, Any], ...] = (),
        batch_size: int = 10,
        head: tuple[str, str] | None = None,
        group: str = "",
        deduplication: str = "",
    ) -> None:
        super().__init__(
            queue,
            patterns=patterns,
            batch_size=batch_size,
            head=head,
            group=group,
            deduplication=deduplication,
        )
        self._send = send

    def _made(self, record: Event) -> Any:
        return fill(self._send, record, of_pipes(record, record["eventSourceARN"]))


def of_pipes(handed: Any, source: str) -> dict[str, Any]:
    """Return what a pipe knows beside what it hands on, and where that comes from."""
    return {
        "aws.pipes.pipe-arn": events.arn("pipes", "pipe/sample"),
        "aws.pipes.pipe-name": "sample",
        "aws.pipes.target-arn": events.arn("sqs", "sample"),
        "aws.pipes.source-arn": source,
        "aws.pipes.event-ingestion-time": events.TIME,
        "aws.pipes.event": handed,
        "aws.pipes.event.json": handed,
    }


def _known(event: Event) -> dict[str, Any]:
    """Return what EventBridge knows beside the event."""
    return {
        "aws.events.rule-arn": events.arn("events", _RULE),
        "aws.events.rule-name": _RULE.partition("/")[2],
        "aws.events.event.ingestion-time": events.TIME,
        "aws.events.event": {k: v for k, v in event.items() if k != "detail"},
        "aws.events.event.json": event,
    }
