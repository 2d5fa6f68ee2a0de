"""AWS as publishers see it: the calls they make, for type checkers.

The parameters are open, so that boto3's own clients, typed or not, and any stand-in fit.
"""

from __future__ import annotations

from typing import Any, Protocol


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
