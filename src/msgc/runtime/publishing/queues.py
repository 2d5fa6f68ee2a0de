"""Publishing to SQS queues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, Unpack

from .attributed import AttributedPublisher
from .publisher import M_contra, MessageId

if TYPE_CHECKING:
    from .protocols import QueueManyOptions, QueueOptions, SqsClient, SsmClient


class QueuePublisher(AttributedPublisher[M_contra]):
    """Publishes typed messages to a queue.

    The queue's URL is the argument or, on first use, the environment variable; the client is
    boto3's of its Region, one for the process, unless another is given.
    """

    _options = frozenset(
        {"attributes", "correlation_id", "deduplication_id", "delay", "group"}
    )
    service = "sqs"
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

    def publish(self, message: M_contra, **options: Unpack[QueueOptions]) -> MessageId:
        """Publish one message and return the id that AWS gave it.

        The call may say more `attributes`, a `delay`, a `group`, a `deduplication_id` (of FIFO
        queues), and a `correlation_id`.
        Raises `InvalidPayload` or `RefusedError` before anything is sent, `PublishError` when
        AWS didn't take it.
        """
        return self._publish(message, options)

    def publish_many(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[QueueManyOptions],
    ) -> list[MessageId]:
        """Publish several messages, ten a call, and return their ids in the same order.

        All of them are checked before the first is sent. What fails on AWS's side is tried again,
        five times in all; what failed for good is in the `PublishError`. Messages of one FIFO
        group go one after the other, and none goes after one that failed. `concurrency` is how
        many calls run at a time, each in a thread with a copy of the caller's context variables;
        boto3's clients hold ten connections unless told otherwise. Options are for all messages.
        """
        return self._publish_many(messages, concurrency, options)

    async def publish_async(
        self, message: M_contra, **options: Unpack[QueueOptions]
    ) -> MessageId:
        """Publish one message as `publish` does, in a thread: for coroutines."""
        return await self._in_thread(lambda: self._publish(message, options))

    async def publish_many_async(
        self,
        messages: Iterable[M_contra],
        *,
        concurrency: int = 1,
        **options: Unpack[QueueManyOptions],
    ) -> list[MessageId]:
        """Publish several messages as `publish_many` does, in threads: for coroutines."""
        return await self._in_thread(
            lambda: self._publish_many(messages, concurrency, options)
        )

    @property
    def _bytes_per_call(self) -> int:
        return 1_048_576  # whatever a single message may have on this queue

    def _call(self, parameters: dict[str, Any]) -> Any:
        return self._connect().send_message(QueueUrl=self.address, **parameters)

    def _call_batch(self, entries: list[dict[str, Any]]) -> Any:
        return self._connect().send_message_batch(
            QueueUrl=self.address, Entries=entries
        )
