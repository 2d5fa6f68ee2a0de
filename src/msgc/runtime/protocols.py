"""Protocols of messages and of what Lambda hands over: imported by type checkers alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypedDict

from .codec.checks import Convert, Found, Pending, Place
from .codec.objects import Object
from .codec.scalars import Spec


class Model(Protocol):
    """A generated dataclass."""

    __codec__: ClassVar[Object]


class Message(Model, Protocol):
    """A generated dataclass that is a message: its name on the wire and its EventBridge source."""

    __type__: ClassVar[str]
    __source__: ClassVar[str]
    __envelope__: ClassVar[Envelope | None]


class Envelope(Protocol):
    """What messages of a type have around their payload, wherever they are sent: CloudEvents."""

    def around(
        self,
        payload: dict[str, Any],
        *,
        type_: str,
        source: str,
        headers: Mapping[str, str] | None = None,
        id_: str | None = None,
    ) -> dict[str, Any]:
        """Return what is sent."""
        ...

    def inside(self, event: Any, name: str) -> Any:
        """Return the payload of what was sent; raises `InvalidPayload`."""
        ...

    def digest(self, payload: dict[str, Any]) -> str:
        """Return what is equal of equal payloads: FIFO takes it for the deduplication id."""
        ...

    @property
    def carried(self) -> Collection[str]:
        """What of `headers` goes into it."""
        ...


class CloudEvent(Protocol):
    """What a CloudEvent says around its payload."""

    id: str
    source: str
    type: str
    extensions: dict[str, Any]

    @property
    def subject(self) -> str | None:
        """What it is about, in the terms of its source."""
        ...

    @property
    def data_schema(self) -> str | None:
        """The address of the payload's schema."""
        ...

    @property
    def time(self) -> datetime | None:
        """When it happened, by the clock of its source."""
        ...


class Judge(Protocol):
    """What says more of a value than its type does: a schema's other rules, say."""

    def check(self, value: Any, place: Place, found: Found) -> None:
        """Add what is wrong with a value."""


class SpecOfMap(Protocol):
    """A specification of an object whose keys aren't known."""

    values: Spec
    """What its values are."""

    def encode(self, pending: Pending) -> Convert:
        """Build the way to JSON."""
        ...

    def respells(self, seen: set[Any]) -> bool:
        """Whether two texts may be one value."""
        ...


class Pattern(Protocol):
    """A regular expression that a text must match."""

    @property
    def problem(self) -> str:
        """What to say of a text that doesn't."""
        ...

    def compiled(self) -> Callable[[str], Any]:
        """Return what searches a text."""
        ...


class Format(Protocol):
    """How a Python type is written as text."""

    kind: type[Any]
    """The type."""
    accepts: Callable[[Any], bool]
    """Whether a value is of the type."""
    read: Callable[[str], Any]
    """Reads a text; raises `ValueError`."""
    write: Callable[[Any], str]
    """Writes a value; raises `ValueError`."""


class LambdaContext(Protocol):
    """What AWS Lambda tells a function about its invocation.

    Any class with these will do, as Powertools' own does, whose attributes can't be set.
    """

    @property
    def function_name(self) -> str:
        """The name of the function."""
        ...

    @property
    def aws_request_id(self) -> str:
        """The id of the invocation."""
        ...

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still run."""
        ...


class BatchItemFailure(TypedDict):
    """One message of a batch that Lambda shall not delete."""

    itemIdentifier: str


class BatchResponse(TypedDict):
    """What Lambda reads as a partial batch response."""

    batchItemFailures: list[BatchItemFailure]


class DeleteEntry(TypedDict):
    """A message that is to be deleted, as `delete_message_batch` wants it."""

    Id: str
    ReceiptHandle: str


class Opener(Protocol):
    """Reads what arrives where more of it has to be read than what came (`handling.large`)."""

    def from_sqs(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None
    ) -> Any:
        """Return what a record of an SQS event holds."""
        ...

    def from_sns(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None
    ) -> Any:
        """Return what a record of an SNS event holds."""
        ...
