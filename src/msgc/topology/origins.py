"""Origins that are no places: streams of others, which are read, and schedules."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgc.topology.declared import Declared
from msgc.topology.messages import Message
from msgc.topology.settings import ByArn, Provided


class Stream(Declared):
    """The stream of a DynamoDB table, or a Kinesis data stream: made by others, read in batches."""

    service: Literal["dynamodb", "kinesis"]
    address: Provided | ByArn
    start: Literal["TRIM_HORIZON", "LATEST"]
    """Where reading begins: with the oldest record that is there, or with what comes from now."""

    @property
    def messages(self) -> tuple[Message, ...]:
        """Nothing that this file would know of: an edge says what it expects."""
        return ()

    @property
    def imported(self) -> Provided | ByArn:
        """How it is found: streams are always others'."""
        return self.address

    @property
    def elsewhere(self) -> None:
        """None: no service of the workspace declares streams."""

    @property
    def fifo(self) -> None:
        """None: what its order is worth ends where it is read."""

    @property
    def is_default(self) -> bool:
        """No: only a bus may be the account's own."""
        return False

    @property
    def is_declared(self) -> bool:
        """No: it has no section, and the name of the edge that reads it."""
        return False

    @property
    def others_publish(self) -> bool:
        """Always: nothing in this file writes to it."""
        return True


class Schedule(Declared):
    """When EventBridge Scheduler sends something: the origin of an edge into which nothing comes.

    It has the name of its edge.
    """

    word: ClassVar[str] = "schedule"
    expression: str
    """As AWS takes it: `rate(5 minutes)`, `cron(0 3 * * ? *)`, `at(2027-01-31T09:00:00)`."""
    timezone: str | None
    """IANA's name; None: UTC."""
    window: int | None
    """Minutes within which it may fire; None: when it is time."""
    start: str | None
    """In UTC: `2027-01-31T09:00:00Z`."""
    end: str | None

    @property
    def messages(self) -> tuple[Message, ...]:
        """None: nobody puts anything there."""
        return ()

    @property
    def fifo(self) -> None:
        """None: one message has no order."""

    @property
    def imported(self) -> None:
        """None: the stack makes it."""

    @property
    def is_default(self) -> bool:
        """No: only a bus may be the account's own."""
        return False

    @property
    def others_publish(self) -> bool:
        """Nobody does: it says itself what it sends."""
        return False

    @property
    def elsewhere(self) -> None:
        """None: a schedule is the service's own."""
