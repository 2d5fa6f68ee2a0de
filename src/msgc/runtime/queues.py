"""Publishing to SQS queues."""

from __future__ import annotations

from typing import Any, Self

from . import aws
from .attributed import AttributedPublisher
from .publisher import M_contra


class QueuePublisher(AttributedPublisher[M_contra]):
    """Publishes typed messages to a queue.

    The queue's URL is the argument or, on first use, the environment variable; the client is
    boto3's of its Region, one for the process, unless another is given.
    """

    _body = "MessageBody"

    def __init__(
        self, *, url: str | None = None, client: aws.SqsClient | None = None
    ) -> None:
        super().__init__(url)
        self._client = client

    @classmethod
    def from_parameters(
        cls, *, ssm: aws.SsmClient | None = None, client: aws.SqsClient | None = None
    ) -> Self:
        """Return a publisher that has the queue's address from Systems Manager."""
        url = aws.queue_url(cls._arn_from_parameter(ssm))
        return cls(url=url, client=client)

    @property
    def _bytes_per_call(self) -> int:
        return 1_048_576  # whatever a single message may have on this queue

    def _connect(self) -> aws.SqsClient:
        made: aws.SqsClient = self._client or aws.client(
            "sqs", aws.region_of(self.address)
        )
        return made

    def _call(self, parameters: dict[str, Any]) -> Any:
        return self._connect().send_message(QueueUrl=self.address, **parameters)

    def _call_batch(self, entries: list[dict[str, Any]]) -> Any:
        return self._connect().send_message_batch(
            QueueUrl=self.address, Entries=entries
        )
