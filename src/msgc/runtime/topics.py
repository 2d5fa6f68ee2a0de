"""Publishing to SNS topics."""

from __future__ import annotations

from typing import Any, Self

from . import aws
from .attributed import AttributedPublisher
from .publisher import M_contra


class TopicPublisher(AttributedPublisher[M_contra]):
    """Publishes typed messages to a topic.

    The topic's ARN is the argument or, on first use, the environment variable; the client is
    boto3's of its Region, one for the process, unless another is given.
    """

    _body = "Message"

    def __init__(
        self, *, arn: str | None = None, client: aws.SnsClient | None = None
    ) -> None:
        super().__init__(arn)
        self._client = client

    @classmethod
    def from_parameters(
        cls, *, ssm: aws.SsmClient | None = None, client: aws.SnsClient | None = None
    ) -> Self:
        """Return a publisher that has the topic's ARN from Systems Manager."""
        return cls(arn=cls._arn_from_parameter(ssm), client=client)

    def _connect(self) -> aws.SnsClient:
        made: aws.SnsClient = self._client or aws.client(
            "sns", aws.region_of(self.address)
        )
        return made

    def _call(self, parameters: dict[str, Any]) -> Any:
        return self._connect().publish(TopicArn=self.address, **parameters)

    def _call_batch(self, entries: list[dict[str, Any]]) -> Any:
        return self._connect().publish_batch(
            TopicArn=self.address, PublishBatchRequestEntries=entries
        )
