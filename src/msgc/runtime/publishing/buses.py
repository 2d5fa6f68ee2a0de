"""Publishing to EventBridge buses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self, Unpack

from ..codec import codec
from . import wire
from .publisher import NOTHING, Entry, M_contra, MessageId, Publisher

if TYPE_CHECKING:
    from .protocols import BusOptions, EventsClient, SsmClient

_RETRYABLE = ("InternalException", "InternalFailure", "ServiceUnavailable")


class BusPublisher(Publisher[M_contra]):
    """Publishes typed messages to an event bus.

    The bus's ARN is the argument or, on first use, the environment variable; the client is
    boto3's of its Region, one for the process, unless another is given.
    """

    _options = frozenset({"correlation_id"})
    service = "events"
    max_size = 1_048_575

    def __init__(
        self, *, arn: str | None = None, client: EventsClient | None = None
    ) -> None:
        super().__init__(arn, client)

    @classmethod
    def from_parameters(
        cls,
        *,
        env: str = "",
        ssm: SsmClient | None = None,
        client: EventsClient | None = None,
    ) -> Self:
        """Return a publisher that has the bus's ARN from Systems Manager.

        `env` is the environment, of a service that has some. Raises `AddressError` if there is no
        such parameter or environment.
        """
        return cls(arn=cls._arn_from_parameter(env, ssm), client=client)

    def publish(self, message: M_contra, **options: Unpack[BusOptions]) -> MessageId:
        """Publish one message and return the id that AWS gave it.

        The call may say a `correlation_id`, which goes into the `resources` of the event.
        Raises `InvalidPayload` or `RefusedError` before anything is sent, `PublishError` when
        AWS didn't take it.
        """
        return self._publish(message, options)

    def publish_many(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[BusOptions],
    ) -> list[MessageId]:
        """Publish several messages, ten a call, and return their ids in the same order.

        All of them are checked before the first is sent. What fails on AWS's side is tried again,
        five times in all; what failed for good is in the `PublishError`. `concurrency` is how
        many calls run at a time, each in a thread with a copy of the caller's context variables;
        boto3's clients hold ten connections unless told otherwise. Options are for all messages.
        """
        return self._publish_many(messages, concurrency, options)

    async def publish_async(
        self, message: M_contra, **options: Unpack[BusOptions]
    ) -> MessageId:
        """Publish one message as `publish` does, in a thread: for coroutines."""
        return await self._in_thread(lambda: self._publish(message, options))

    async def publish_many_async(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[BusOptions],
    ) -> list[MessageId]:
        """Publish several messages as `publish_many` does, in threads: for coroutines."""
        return await self._in_thread(
            lambda: self._publish_many(messages, concurrency, options)
        )

    def _entry(
        self,
        message: Any,
        options: Mapping[str, Any] = NOTHING,
        given: Mapping[str, object] = NOTHING,
    ) -> Entry:
        self._wire(message)
        source, type_ = message.__source__, message.__type__
        headers = wire.headers(self._correlation(options))
        envelope = message.__envelope__
        if envelope is None:
            detail = codec.encode_text(message)
        else:
            payload = codec.encode(message)
            event = envelope.around(
                payload, type_=type_, source=source, headers=headers
            )
            detail = codec.write(event)
            carried = envelope.carried
            headers = {n: v for n, v in headers.items() if n not in carried}
        size = wire.size(source) + wire.size(type_) + wire.size(detail)
        resources = [f"{name}={value}" for name, value in headers.items()]
        size += sum(map(wire.size, resources))
        self._check_size(message, size)
        parameters: dict[str, Any] = {
            "EventBusName": self.address,
            "Source": source,
            "DetailType": type_,
            "Detail": detail,
        }
        if resources:  # there are no attributes, and the detail is the payload's
            parameters["Resources"] = resources
        return Entry(message, parameters, size, None)

    def _send(self, entries: list[Entry]) -> None:
        from .failures import Failure  # as sending does anyway

        response = self._connect().put_events(Entries=[e.parameters for e in entries])
        # 200 says that the call was understood; each entry has its own result.
        for entry, result in zip(entries, response["Entries"], strict=True):
            code = result.get("ErrorCode")
            if code:
                reason = result.get("ErrorMessage") or "no reason given"
                retryable = code in _RETRYABLE
                entry.failure = Failure(code, reason, retryable=retryable)
            else:
                entry.message_id = result["EventId"]
