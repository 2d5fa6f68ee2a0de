"""AWS as publishers see it: the calls they make, and boto3's clients, made on first use.

The parameters of the protocols are open, so that boto3's own clients, typed or not, and any
stand-in fit.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
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


@cache
def client(service: str) -> Any:
    """Return boto3's client of a service: one per process, they may be shared by threads."""
    return import_module("boto3").client(service)


def parameter(name: str, ssm: SsmClient | None = None) -> str:
    """Return the value of a Systems Manager parameter."""
    chosen: SsmClient = ssm or client("ssm")
    value: str = chosen.get_parameter(Name=name)["Parameter"]["Value"]
    return value


def queue_url(arn: str) -> str:
    """Return the URL of a queue from its ARN."""
    _, partition, _, region, account, name = arn.split(":")
    domain = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
    return f"https://sqs.{region}.{domain}/{account}/{name}"
