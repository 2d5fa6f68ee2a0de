"""Schedules in tests: what they send when they fire, and to whom it comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from ..codec.objects import whole_of
from . import events
from .fake_aws import FakeAws, decoded
from .fakes import Fake
from .sent import sent

if TYPE_CHECKING:
    from types import UnionType

    from ..protocols import Message

M = TypeVar("M", bound="Message")


class FakeSchedule(Fake):
    """A schedule that fires when a test says so."""

    fifo = False
    name: ClassVar[str]
    send: ClassVar[Any]
    """What it sends, with placeholders."""

    def __init__(self) -> None:
        self.aws = FakeAws()

    @overload
    def of(self, cls: type[M]) -> list[M]: ...
    @overload
    def of(self, cls: UnionType) -> list[Any]: ...
    def of(self, cls: Any) -> list[Any]:
        """Return what it sent, as messages of a type."""
        read = (
            decoded(whole_of(cls), json.loads(parcel.body))
            for parcel in self.aws.parcels
        )
        return [message for message in read if isinstance(message, cls)]

    def fire(self, at: str = events.TIME) -> None:
        """Send what the schedule sends; `at` is the time for which it is due."""
        self.aws.parcels.append(sent(self.name, self.send, at))
