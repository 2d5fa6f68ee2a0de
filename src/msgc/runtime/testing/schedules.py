"""Schedules in tests: what they send when they fire, and to whom it comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ..codec import codec
from . import events
from .fakes import Fake, FakeAws
from .routes import Event, Parcel
from .templates import fill

if TYPE_CHECKING:
    from ..protocols import Message

M = TypeVar("M", bound="Message")


class Scheduled:
    """Out of a schedule: a message, or on a bus the event around it."""

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


class FakeSchedule(Fake):
    """A schedule that fires when a test says so."""

    name: ClassVar[str]
    send: ClassVar[Any]
    """What it sends, with placeholders."""

    def __init__(self) -> None:
        self.aws = FakeAws()

    def of(self, cls: type[M]) -> list[M]:
        """Return what it sent, as messages of a type."""
        return [
            codec.decode(cls, json.loads(parcel.body)) for parcel in self.aws.parcels
        ]

    def fire(self, at: str = events.TIME) -> None:
        """Send what the schedule sends; `at` is the time for which it is due."""
        known = {
            "aws.scheduler.scheduled-time": at,
            "aws.scheduler.schedule-arn": events.arn(
                "scheduler", f"schedule/default/{self.name}"
            ),
            "aws.scheduler.execution-id": events.new_id(),
            "aws.scheduler.attempt-number": "1",
        }
        body = json.dumps(fill(self.send, None, known))
        self.aws.parcels.append(Parcel(message_id=events.new_id(), body=body))
