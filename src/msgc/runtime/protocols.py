"""What others' objects have to have, for type checkers: imported by nothing else.

The parameters of clients are open, so that boto3's own, typed or not, and any stand-in fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Protocol, TypedDict, TypeVar

from .codec.checks import Found, Place
from .codec.objects import Object
from .publishing.publisher import MessageId

M_contra = TypeVar("M_contra", contravariant=True)


class Model(Protocol):
    """A generated dataclass."""

    __codec__: ClassVar[Object]


class Message(Model, Protocol):
    """A generated dataclass that is a message: its name on the wire and its EventBridge source."""

    __type__: ClassVar[str]
    __source__: ClassVar[str]


class Judge(Protocol):
    """What says more of a value than its type does: a schema's other rules, say."""

    def check(self, value: Any, place: Place, found: Found) -> None:
        """Add what is wrong with a value."""


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


class LambdaContext(Protocol):
    """What AWS Lambda tells a function about its invocation."""

    function_name: str
    aws_request_id: str

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still run."""
        ...


class BatchItemFailure(TypedDict):
    """One message of a batch that Lambda shall not delete."""

    itemIdentifier: str


class BatchResponse(TypedDict):
    """What Lambda reads as a partial batch response."""

    batchItemFailures: list[BatchItemFailure]


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
