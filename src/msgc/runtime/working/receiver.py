"""What the receivers of a package have in common: each receives from one queue."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, Unpack

from ..errors import AddressError
from ..handling.incoming import Incoming
from .queues import WorkedQueue
from .receiving import Receiving

if TYPE_CHECKING:
    from ..handling.idempotency import Once
    from ..protocols import Opener
    from ..publishing.protocols import SsmClient
    from .protocols import ReceiveOptions

M = TypeVar("M")


class Reader(ABC, Generic[M]):
    """Who reads a queue, and how what comes out of it is read."""

    consumer: str
    """Its name in `messaging.yaml`."""
    service: str
    """The service that it belongs to."""
    once: Once | None = None
    """Where it is remembered which messages were handled; None: nowhere."""

    @abstractmethod
    def is_ordered(self, record: Mapping[str, Any]) -> bool:
        """Whether a record is of a FIFO queue."""

    @abstractmethod
    def opened(self, record: Mapping[str, Any]) -> Incoming:
        """Return what a record holds."""

    @abstractmethod
    def read(self, incoming: Incoming) -> M:
        """Return what arrived."""


class Receiver(Reader[M]):
    """Receives typed messages from a queue, in a loop of one's own.

    The queue's URL is the argument or, on first use, the environment variable.
    """

    variable: ClassVar[str]
    """The environment variable with the URL of the queue."""
    parameter: ClassVar[str | None] = None
    """The Systems Manager parameter with its ARN."""
    parameters: ClassVar[Mapping[str, str]] = {}
    """That of each environment, by its name."""
    fallback: ClassVar[str | None] = None
    """Its URL where no variable says another: of a queue that is the same everywhere."""
    fifo: ClassVar[bool] = False
    """Whether it keeps the order of a group."""
    large: ClassVar[Opener | None] = None
    """Who reads messages that lie in S3; None: there are none."""

    def __init__(self, *, url: str | None = None) -> None:
        self._url = url

    @classmethod
    def from_parameters(cls, *, env: str = "", ssm: SsmClient | None = None) -> Self:
        """Return a receiver that has the queue's address from Systems Manager.

        `env` is the environment, of a service that has some. Raises `AddressError` if there is no
        such parameter or environment.
        """
        from ..publishing.aws import queue_url
        from ..publishing.parameters import arn_from_parameter

        arn = arn_from_parameter(cls.__name__, cls.parameter, cls.parameters, env, ssm)
        return cls(url=queue_url(arn))

    @property
    def url(self) -> str:
        """The queue's URL; raises `AddressError` if nobody said."""
        if self._url is None:
            self._url = os.environ.get(self.variable) or self.fallback
            if self._url is None:
                message = (
                    f"{type(self).__name__} doesn't know where to receive from: "
                    f"the environment variable {self.variable} is not set"
                )
                raise AddressError(message)
        return self._url

    def receive(self, **options: Unpack[ReceiveOptions]) -> Receiving[M]:
        """Return a loop over what is in the queue, and over what comes.

        Each message stays invisible to others while it is handled, in `with received as message:`,
        and is deleted when that block has ended without an exception. Raises `AddressError`, at
        once or when the loop begins, if there is no such queue.
        """
        return Receiving(self, WorkedQueue(self.url), options)

    def is_ordered(self, record: Mapping[str, Any]) -> bool:
        """Whether a record is of a FIFO queue."""
        return self.fifo

    def opened(self, record: Mapping[str, Any]) -> Incoming:
        """Return what a record holds, or what its pointer into S3 leads to."""
        found: Incoming = (self.large or Incoming).from_sqs(record, None)
        return found
