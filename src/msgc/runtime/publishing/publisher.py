"""What all publishers share: where they publish, what they check, and what they report."""

from __future__ import annotations

import os
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NewType, TypeVar

from ..errors import (
    AddressError,
    MessageError,
    RefusedError,
)
from .wire import Wire

if TYPE_CHECKING:
    from .failures import Failure
    from .protocols import SsmClient

M_contra = TypeVar("M_contra", contravariant=True)
Answer = TypeVar("Answer")

NOTHING: Mapping[str, Any] = {}
"""What a call says that says nothing beside its messages."""

MessageId = NewType("MessageId", str)
"""The id that AWS gave a message."""


HOOKS: list[Callable[[Any], Any]] = []
"""What is around all publishing; see `around_publishing`."""


class Entry:
    """A message on its way: what AWS gets of it, and what became of it."""

    __slots__ = ("failure", "group", "message", "message_id", "parameters", "size")

    def __init__(
        self, message: Any, parameters: dict[str, Any], size: int, group: str | None
    ) -> None:
        self.message = message
        self.parameters = parameters
        self.size = size
        self.group = group
        """The group whose order must be kept; None on places that keep none."""
        self.message_id: str | None = None
        self.failure: Failure | None = None

    def prepare(self) -> None:
        """Do what has to be done before it is sent."""


class Publisher(ABC, Generic[M_contra]):
    """Publishes typed messages to one place."""

    variable: ClassVar[str]
    """The environment variable with the address of the place."""
    parameter: ClassVar[str | None] = None
    """The Systems Manager parameter with its ARN."""
    parameters: ClassVar[Mapping[str, str]] = {}
    """That of each environment, by its name."""
    fallback: ClassVar[str | None] = None
    """Its address where no variable says another: of places that are the same everywhere."""
    max_size: ClassVar[int]
    """Bytes of a message, attributes included."""
    fifo: ClassVar[bool] = False
    """Whether it keeps the order of a group."""
    carries: ClassVar[Mapping[str, Wire]]
    """How each type of message travels, by the name of its class."""
    service: ClassVar[str]
    """What boto3 calls the service."""
    objects: Any = None
    """The client of S3 for large messages; None: boto3's own."""
    _options: ClassVar[frozenset[str]]
    """What a call may say beside its message."""
    _messages: ClassVar[str] = ""
    """Where these classes are: the beginning of their modules' names."""

    def __init_subclass__(cls) -> None:
        if (
            "carries" in cls.__dict__ and not cls._messages
        ):  # not of what derives from it
            package, publishers, _ = cls.__module__.rpartition(".publishers.")
            cls._messages = f"{package}.messages." if publishers else cls.__module__

    def __init__(self, address: str | None, client: Any) -> None:
        self._address = address
        self._client = client

    @property
    def address(self) -> str:
        """Where messages go; raises `AddressError` if nobody said."""
        if self._address is None:
            self._address = os.environ.get(self.variable) or self.fallback
            if self._address is None:
                message = (
                    f"{type(self).__name__} doesn't know where to publish: "
                    f"the environment variable {self.variable} is not set"
                )
                raise AddressError(message)
        return self._address

    def _publish(
        self,
        message: M_contra,
        options: Mapping[str, Any],
        given: Mapping[str, object] = NOTHING,
    ) -> MessageId:
        """Publish one message, with the options and the foreign attributes of this call."""
        if options:
            self._check("publish", options, self._options)

        def send() -> list[Entry]:
            entry = self._entry(message, options, given)
            self._deliver_one(entry)
            return [entry]

        (entry,) = self._around(send, (message,), options, many=False)
        return MessageId(entry.message_id or "")

    def _publish_many(
        self,
        messages: Iterable[M_contra],
        concurrency: int,
        options: Mapping[str, Any],
        given: Mapping[str, object] = NOTHING,
    ) -> list[MessageId]:
        """Publish several messages, all of them with the same options."""
        if concurrency < 1:
            text = f"`concurrency` is at least 1, not {concurrency}"
            raise ValueError(text)
        if options:
            known = self._options - {"deduplication_id"}
            self._check("publish_many", options, known)
        listed = tuple(messages)

        def send() -> list[Entry]:
            entries = self._entries(listed, options, given)
            self._deliver(entries, concurrency)
            return entries

        entries = self._around(send, listed, options, many=True)
        return [MessageId(entry.message_id or "") for entry in entries]

    def _entries(
        self,
        messages: Iterable[M_contra],
        options: Mapping[str, Any],
        given: Mapping[str, object],
    ) -> list[Entry]:
        """Return messages as AWS gets them; the error for one that it can't says which it is."""
        entries: list[Entry] = []
        for index, message in enumerate(messages):
            try:
                entries.append(self._entry(message, options, given))
            except MessageError as error:
                error.at(index)
                raise
        return entries

    def _around(
        self,
        send: Callable[[], list[Entry]],
        messages: tuple[Any, ...],
        options: Mapping[str, Any],
        *,
        many: bool,
    ) -> list[Entry]:
        """Publish, with hooks and traces around it if there are any."""
        if not HOOKS and "opentelemetry.trace" not in sys.modules:
            return send()
        from .around import Publishing, surrounded  # 2 ms, for those

        try:
            correlation = self._correlation(options)
        except RefusedError as error:
            if many:
                error.at(0)  # it is one for all of them
            raise
        call = Publishing(self, messages, many=many, correlation_id=correlation)
        return surrounded(call, send)

    @staticmethod
    def _check(method: str, options: Mapping[str, Any], known: frozenset[str]) -> None:
        from .options import check_names  # 2 ms, for calls that have some

        check_names(method, options, known)

    @staticmethod
    def _correlation(options: Mapping[str, Any]) -> str | None:
        """Return the correlation id that a call says itself."""
        if not options:
            return None
        from .options import correlation_of  # as above

        return correlation_of(options)

    @staticmethod
    async def _in_thread(call: Callable[[], Answer]) -> Answer:
        """Make a call in a thread of the event loop, with the context variables of the caller."""
        from asyncio import to_thread  # for those that have it anyway

        return await to_thread(call)

    def _deliver_one(self, entry: Entry) -> None:
        self._deliver([entry], 1)

    def _deliver(self, entries: list[Entry], concurrency: int) -> None:
        if not entries:
            return
        self._get_ready()
        from .sending import deliver  # 2 ms, for when several are sent

        deliver(
            entries,
            self._send,
            concurrency,
            bytes_per_call=self._bytes_per_call,
            pause=self._pause,
        )

    @property
    def _bytes_per_call(self) -> int:
        """Bytes of all messages of a call: to a topic or a bus as many as of a single one."""
        return self.max_size

    @staticmethod
    def _pause(seconds: float) -> None:
        time.sleep(seconds)

    def _get_ready(self) -> None:
        """Find out the address and make the client, before several threads do."""
        _ = self.address
        self._connect()

    def _connect(self) -> Any:
        """Return the client that was given, or boto3's, which is made on first use."""
        if self._client is not None:
            return self._client
        from . import aws  # for boto3, which takes far longer

        return aws.client(self.service, aws.region_of(self.address))

    def _wire(self, message: object) -> Wire:
        # By itself, or by the message that somebody derived it from.
        for cls in type(message).__mro__:
            wire = self.carries.get(cls.__name__)
            if wire is not None and cls.__module__.startswith(self._messages):
                return wire
        whole = getattr(message, "__whole__", None)  # one of the classes of a message
        wire = self.carries.get(whole.__name__) if whole is not None else None
        if wire is not None and whole.__module__.startswith(self._messages):
            return wire
        from .failures import not_carried  # 2 ms, for what fails

        raise not_carried(self, type(message), self._messages)

    def _check_size(self, message: object, size: int) -> None:
        if size > self.max_size:
            text = (
                f"{type(message).__name__} has {size:,} bytes with its attributes; "
                f"{type(self).__name__} takes {self.max_size:,}"
            )
            raise RefusedError(text)

    @classmethod
    def _arn_from_parameter(cls, env: str, ssm: SsmClient | None) -> str:
        from .parameters import arn_from_parameter  # as above, with boto3

        return arn_from_parameter(cls.__name__, cls.parameter, cls.parameters, env, ssm)

    @abstractmethod
    def _entry(
        self,
        message: Any,
        options: Mapping[str, Any] = NOTHING,
        given: Mapping[str, object] = NOTHING,
    ) -> Entry:
        """Return a message as AWS gets it; refuse what AWS would."""

    @abstractmethod
    def _send(self, entries: list[Entry]) -> None:
        """Make one call."""
