"""Publishing to SNS topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from .attributed import AttributedPublisher
from .publisher import M_contra

if TYPE_CHECKING:
    from .protocols import SnsClient, SsmClient


class TopicPublisher(AttributedPublisher[M_contra]):
    """Publishes typed messages to a topic.

    The topic's ARN is the argument or, on first use, the environment variable; the client is
    boto3's of its Region, one for the process, unless another is given.
    """

    _service = "sns"
    _body = "Message"

    def __init__(
        self, *, arn: str | None = None, client: SnsClient | None = None
    ) -> None:
        super().__init__(arn, client)

    @classmethod
    def from_parameters(
        cls,
        *,
        env: str = "",
        ssm: SsmClient | None = None,
        client: SnsClient | None = None,
    ) -> Self:
        """Return a publisher that has the topic's ARN from Systems Manager.

        `env` is the environment, of a service that has some. Raises `AddressError` if there is no
        such parameter or environment.
        """
        return cls(arn=cls._arn_from_parameter(env, ssm), client=client)

    def _call(self, parameters: dict[str, Any]) -> Any:
        return self._connect().publish(TopicArn=self.address, **parameters)

    def _call_batch(self, entries: list[dict[str, Any]]) -> Any:
        return self._connect().publish_batch(
            TopicArn=self.address, PublishBatchRequestEntries=entries
        )
