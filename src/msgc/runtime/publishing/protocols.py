"""Protocols of publishers and of boto3's clients: imported by type checkers alone.

The parameters of clients are open, so that boto3's own, typed or not, and any stand-in fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Protocol, TypedDict, TypeVar, Unpack

from .publisher import MessageId

M_contra = TypeVar("M_contra", contravariant=True)


class BusOptions(TypedDict, total=False):
    """What a call may say beside its messages, wherever they go."""

    correlation_id: str | None
    """What belongs together, across services; by default that of the message being handled."""


class TopicManyOptions(BusOptions, total=False):
    """What a call may say beside its messages to a topic."""

    attributes: Mapping[str, str | float | Decimal] | None
    """More message attributes, up to ten with those that the publisher sends by itself."""
    group: str | None
    """The FIFO group, or on other places that of fair queues, instead of the payload's field."""
    subject: str | None
    """The subject of the mail that subscribers get by mail."""


class TopicOptions(TopicManyOptions, total=False):
    """What a call may say beside its message to a topic."""

    deduplication_id: str | None
    """FIFO only: what makes another message with it within five minutes the same one."""


class QueueManyOptions(BusOptions, total=False):
    """What a call may say beside its messages to a queue."""

    attributes: Mapping[str, str | float | Decimal] | None
    """More message attributes, up to ten with those that the publisher sends by itself."""
    delay: int | timedelta | None
    """How long nobody gets it: up to 15 minutes, instead of the queue's; not FIFO."""
    group: str | None
    """The FIFO group, or on other queues that of fair queues, instead of the payload's field."""


class QueueOptions(QueueManyOptions, total=False):
    """What a call may say beside its message to a queue."""

    deduplication_id: str | None
    """FIFO only: what makes another message with it within five minutes the same one."""


class BusOutlet(Protocol[M_contra]):
    """Whatever takes messages of some types for a bus: a publisher, or a narrower view of one."""

    def publish(self, message: M_contra, **options: Unpack[BusOptions]) -> MessageId:
        """Publish one message."""
        ...

    def publish_many(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[BusOptions],
    ) -> list[MessageId]:
        """Publish several messages."""
        ...

    async def publish_async(
        self, message: M_contra, **options: Unpack[BusOptions]
    ) -> MessageId:
        """Publish one message, for coroutines."""
        ...

    async def publish_many_async(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[BusOptions],
    ) -> list[MessageId]:
        """Publish several messages, for coroutines."""
        ...


class QueueOutlet(Protocol[M_contra]):
    """Whatever takes messages of some types for a queue: a publisher, or a narrower view of one."""

    def publish(self, message: M_contra, **options: Unpack[QueueOptions]) -> MessageId:
        """Publish one message."""
        ...

    def publish_many(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[QueueManyOptions],
    ) -> list[MessageId]:
        """Publish several messages."""
        ...

    async def publish_async(
        self, message: M_contra, **options: Unpack[QueueOptions]
    ) -> MessageId:
        """Publish one message, for coroutines."""
        ...

    async def publish_many_async(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[QueueManyOptions],
    ) -> list[MessageId]:
        """Publish several messages, for coroutines."""
        ...


class TopicOutlet(Protocol[M_contra]):
    """Whatever takes messages of some types for a topic: a publisher, or a narrower view of one."""

    def publish(self, message: M_contra, **options: Unpack[TopicOptions]) -> MessageId:
        """Publish one message."""
        ...

    def publish_many(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[TopicManyOptions],
    ) -> list[MessageId]:
        """Publish several messages."""
        ...

    async def publish_async(
        self, message: M_contra, **options: Unpack[TopicOptions]
    ) -> MessageId:
        """Publish one message, for coroutines."""
        ...

    async def publish_many_async(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[TopicManyOptions],
    ) -> list[MessageId]:
        """Publish several messages, for coroutines."""
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
