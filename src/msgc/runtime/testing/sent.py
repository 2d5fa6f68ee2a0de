"""What schedules send when they fire, and how it arrives."""

from __future__ import annotations

import json
from typing import Any

from . import events
from .parcels import Event, Parcel
from .templates import fill


class Scheduled:
    """Out of a schedule: a message, or on a bus the event around it."""

    fifo = per_group = False
    max_receives = 0

    def __init__(self, *, head: tuple[str, str] | None = None) -> None:
        """Take the source and type of the event, where it is one."""
        self._head = head

    def take(self, parcel: Parcel) -> Parcel:
        """Return what is sent, as it arrives."""
        if self._head is None:
            return parcel
        source, type_ = self._head
        event = events.envelope(source, type_, json.loads(parcel.body))
        return Parcel(message_id=event["id"], event=event)

    def invoke(self, parcels: list[Parcel]) -> list[Event]:
        """Return what a function is invoked with: the messages themselves."""
        return [json.loads(parcel.body) for parcel in parcels]


def sent(name: str, send: Any, at: str = events.TIME) -> Parcel:
    """Return what a schedule sends; `at` is the time for which it is due."""
    known = {
        "aws.scheduler.scheduled-time": at,
        "aws.scheduler.schedule-arn": events.arn(
            "scheduler", f"schedule/default/{name}"
        ),
        "aws.scheduler.execution-id": events.new_id(),
        "aws.scheduler.attempt-number": "1",
    }
    return Parcel(message_id=events.new_id(), body=json.dumps(fill(send, None, known)))
