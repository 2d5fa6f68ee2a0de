"""Publishing to SQS queues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from .attributed import AttributedPublisher
from .publisher import M_contra

if TYPE_CHECKING:
    from .protocols import SqsClient, SsmClient


class QueuePublisher(AttributedPublisher[M_contra]):
    """Publishes typed messages to a queue.

    The queue's URL is the argument or, on first use, the environment variable; the client is
    boto3's of its Region, one for the process, unless another is given.
    """

    _service = "sqs"
    _body = "MessageBody"

    def __init__(
        self, *, url: str | None = None, client: SqsClient | None = None
    ) -> None:
        super().__init__(url, client)

    @classmethod
    def from_parameters(
        cls,
        *,
        env: str = "",
        ssm: SsmClient | None = None,
        client: SqsClient | None = None,
    ) -> Self:
        """Return a publisher that has the queue's address from Systems Manager.

        `env` is the environment, of a service that has some. Raises `AddressError` if there is no
        such parameter or environment.
        """
        from .aws import queue_url

        url = queue_url(cls._arn_from_parameter(env, ssm))
        return cls(url=url, client=client)

    @property
    def _bytes_per_call(self) -> int:
        return 1_048_576  # whatever a single message may have on this queue

    def _call(self, parameters: dict[str, Any]) -> Any:
        return self._connect().send_message(QueueUrl=self.address, **parameters)

    def _call_batch(self, entries: list[dict[str, Any]]) -> Any:
        return self._connect().send_message_batch(
            QueueUrl=self.address, Entries=entries
        )
