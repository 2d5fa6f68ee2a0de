"""Protocols of publishers and of boto3's clients: imported by type checkers alone.

The parameters of clients are open, so that boto3's own, typed or not, and any stand-in fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from .publisher import MessageId

M_contra = TypeVar("M_contra", contravariant=True)


class Outlet(Protocol[M_contra]):
    """Whatever takes messages of some types: a publisher, or a narrower view of one."""

    def publish(self, message: M_contra) -> MessageId:
        """Publish one message."""
        ...

    def publish_many(
        self, messages: Iterable[M_contra], *, concurrency: int = 1
    ) -> list[MessageId]:
        """Publish several messages."""
        ...


class SnsClient(Protocol):
    """What is needed of `boto3.client("sns")`."""

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Send one message."""
        ...

    def publish_batch(self, *args: Any, **kwargs: Any) -> Any:
        """Send up to ten."""
        ...


class SqsClient(Protocol):
    """What is needed of `boto3.client("sqs")`."""

    def send_message(self, *args: Any, **kwargs: Any) -> Any:
        """Send one message."""
        ...

    def send_message_batch(self, *args: Any, **kwargs: Any) -> Any:
        """Send up to ten."""
        ...


class EventsClient(Protocol):
    """What is needed of `boto3.client("events")`."""

    def put_events(self, *args: Any, **kwargs: Any) -> Any:
        """Send up to ten."""
        ...


class SsmClient(Protocol):
    """What is needed of `boto3.client("ssm")`."""

    def get_parameter(self, *args: Any, **kwargs: Any) -> Any:
        """Read one parameter."""
        ...
