"""Publishing to EventBridge buses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from ..codec import codec
from . import wire
from .publisher import Entry, M_contra, Publisher

if TYPE_CHECKING:
    from .protocols import EventsClient, SsmClient

_RETRYABLE = ("InternalException", "InternalFailure", "ServiceUnavailable")


class BusPublisher(Publisher[M_contra]):
    """Publishes typed messages to an event bus.

    The bus's ARN is the argument or, on first use, the environment variable; the client is
    boto3's of its Region, one for the process, unless another is given.
    """

    _service = "events"
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

    def _entry(self, message: Any, given: Mapping[str, object] | None = None) -> Entry:
        self._wire(message)
        source, type_ = message.__source__, message.__type__
        detail = codec.encode_text(message)
        size = wire.size(source) + wire.size(type_) + wire.size(detail)
        self._check_size(message, size)
        parameters = {
            "EventBusName": self.address,
            "Source": source,
            "DetailType": type_,
            "Detail": detail,
        }
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
