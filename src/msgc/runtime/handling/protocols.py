"""What is needed of boto3's clients to handle messages: imported by type checkers alone."""

from __future__ import annotations

from typing import Any, Protocol


class DynamoDbClient(Protocol):
    """What is needed of `boto3.client("dynamodb")`."""

    def put_item(self, *args: Any, **kwargs: Any) -> Any:
        """Write an item."""
        ...

    def delete_item(self, *args: Any, **kwargs: Any) -> Any:
        """Delete an item."""
        ...
