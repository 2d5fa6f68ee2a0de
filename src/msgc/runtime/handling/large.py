"""Large messages that came through S3: pointers are followed, into the declared buckets only.

In the form of Amazon's extended clients, which `publishing.large` describes; an attribute tells that
the body is a pointer, also under the name that it had until 2021, `SQSLargePayloadSize`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from .. import json_text
from ..errors import UnreadableError
from ..publishing import aws
from . import envelopes
from .incoming import Incoming, Record

if TYPE_CHECKING:
    from ..protocols import LambdaContext
    from .protocols import S3Client

_SIZES = ("ExtendedPayloadSize", "SQSLargePayloadSize")
_GONE = {"NoSuchKey", "404", "NoSuchBucket"}

_MAYBE_GONE = (
    "which is gone if nothing else is wrong: S3 denies that, too, without s3:ListBucket"
)
"""https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html"""

OBJECTS: ContextVar[Any] = ContextVar("msgc_objects", default=None)
"""What stands in for S3 in tests."""


class LargeMessages:
    """Reads messages that may lie in S3: in buckets of which environment variables have the names.

    `buckets` are these variables, each with what the keys of its objects begin with. Nothing is
    read of any other bucket, whatever a message says, and nothing of more than `largest` bytes.
    """

    def __init__(
        self,
        buckets: Mapping[str, str],
        *,
        largest: int,
        client: S3Client | None = None,
    ) -> None:
        self._buckets = buckets
        self._largest = largest
        self.client = client
        """Of S3; None: boto3's own."""

    def from_sqs(
        self, record: Record, lambda_context: LambdaContext | None
    ) -> Incoming:
        """Return what a record of an SQS event holds, or what its pointer leads to."""
        if _is_pointer(record.get("messageAttributes")):
            whole = {**record, "body": self._fetched(record["body"])}
            incoming = Incoming.from_sqs(whole, lambda_context)
            incoming.context.record = record
            return incoming
        return Incoming.from_sqs(record, lambda_context)

    def from_sns(
        self, record: Record, lambda_context: LambdaContext | None
    ) -> Incoming:
        """Return what a record of an SNS event holds, or what its pointer leads to."""
        whole = {**record, "Sns": self._opened(record["Sns"])}
        incoming = envelopes.from_sns(whole, lambda_context)
        incoming.context.record = record
        return incoming

    def open_notification(self, incoming: Incoming) -> None:
        """Go on with the message inside SNS's envelope, or with what its pointer leads to."""
        if envelopes.is_notification(incoming):
            incoming.body = self._opened(incoming.body)
        envelopes.open_notification(incoming)

    def _opened(self, envelope: Mapping[str, Any]) -> dict[str, Any]:
        """Return SNS's envelope with the message itself in it."""
        if not _is_pointer(envelope.get("MessageAttributes")):
            return {**envelope}
        return {**envelope, "Message": self._fetched(envelope["Message"])}

    def _fetched(self, text: str) -> str:
        """Return what a pointer leads to; raises `UnreadableError` if that isn't to be had."""
        bucket, key = _pointer(text)
        stand_in: Any = OBJECTS.get()
        if not self._is_known(bucket, key, getattr(stand_in, "bucket", None)):
            message = f"it points into the bucket `{bucket}`, where its like don't lie"
            raise UnreadableError(message)
        client = stand_in or self.client or aws.client("s3")
        try:
            found = client.get_object(Bucket=bucket, Key=key)
        except Exception as error:
            if _code(error) in _GONE:
                message = f"s3://{bucket}/{key} is gone, to which it points"
                raise UnreadableError(message) from None
            error.add_note(f"reading s3://{bucket}/{key}, {_MAYBE_GONE}")
            raise
        with found["Body"] as stream:
            length: int = found["ContentLength"]
            if length > self._largest:
                message = (
                    f"it points to {length:,} bytes; {self._largest:,} may go by S3"
                )
                raise UnreadableError(message)
            payload: bytes = stream.read()
        try:
            return payload.decode()
        except UnicodeDecodeError:
            message = f"s3://{bucket}/{key} isn't UTF-8"
            raise UnreadableError(message) from None

    def _is_known(self, bucket: str, key: str, stand_in: str | None) -> bool:
        """Whether an object is one of those that may be read."""
        return any(
            bucket == (os.environ.get(variable) or stand_in) and key.startswith(prefix)
            for variable, prefix in self._buckets.items()
        )


def _is_pointer(attributes: Mapping[str, Any] | None) -> bool:
    """Whether a message is a pointer, by its attributes."""
    return attributes is not None and any(name in attributes for name in _SIZES)


def _pointer(text: str) -> tuple[str, str]:
    """Return the bucket and the key of a pointer: of any class's name, as Java's clients read it."""
    try:
        found: Any = json_text.parse(text)
    except json_text.UnclearText as error:
        message = f"the pointer to the message is {error}"
        raise UnreadableError(message) from None
    match found:
        case [str(), {"s3BucketName": str(bucket), "s3Key": str(key)}]:
            return bucket, key
        case _:
            message = "it says that it is large, and has no pointer to S3"
            raise UnreadableError(message)


def _code(error: Exception) -> str:
    """Return the code of an error of AWS's."""
    response: Any = getattr(error, "response", None) or {}
    code: str = response.get("Error", {}).get("Code", "")
    return code
