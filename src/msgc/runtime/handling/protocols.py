"""What is needed of boto3's clients to handle messages: imported by type checkers alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from .idempotency import Once


class Named(Protocol):
    """Who handles messages, by the names that logs, traces and stores know it by."""

    consumer: str
    service: str


class Surrounded(Named, Protocol):
    """Who handles messages, with what is around that."""

    once: Once | None


class S3Client(Protocol):
    """What is needed of `boto3.client("s3")`."""

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        """Read an object."""
        ...


class DynamoDbClient(Protocol):
    """What is needed of `boto3.client("dynamodb")`."""

    def put_item(self, *args: Any, **kwargs: Any) -> Any:
        """Write an item."""
        ...

    def delete_item(self, *args: Any, **kwargs: Any) -> Any:
        """Delete an item."""
        ...


class Returning(Protocol):
    """What carries out the verdicts of handlers: `returning`, or a fake's queue."""

    def hide(self, record: Mapping[str, Any], seconds: int) -> None:
        """Let nobody get a message for so many seconds."""
        ...

    def move(self, record: Mapping[str, Any], why: str) -> None:
        """Put a message into the dead-letter queue."""
        ...
