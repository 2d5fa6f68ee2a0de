"""Large messages through S3, as Amazon's extended clients send them: a pointer goes in their place.

The body is `["software.amazon.payloadoffloading.PayloadS3Pointer", {"s3BucketName": ..., "s3Key":
...}]`, and the attribute `ExtendedPayloadSize`, a number, has the bytes of what lies in S3.

https://github.com/awslabs/payload-offloading-java-common-lib-for-aws
https://github.com/awslabs/amazon-sqs-java-extended-client-lib
https://github.com/awslabs/amazon-sns-python-extended-client-lib
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import uuid4

from ..errors import AddressError, RefusedError
from ..json_text import compact
from . import aws
from .publisher import Entry
from .wire import Attributes, Wire, size, size_of_attributes

POINTER = "software.amazon.payloadoffloading.PayloadS3Pointer"
SIZE = "ExtendedPayloadSize"
_MOST = 10
"""Attributes of a message, this one included."""
_HEADERS = ("baggage", "tracestate", "traceparent", "correlation_id")
"""What goes along if there is room, in the order in which it makes some."""


class LargeWire(Wire):
    """How a type of message travels whose payload may be large: by S3 if it is.

    `variable` is the environment variable with the name of the bucket. A message of more than `over`
    bytes with its attributes, or than its place takes, goes by S3; one of more than `largest` goes
    nowhere.
    """

    __slots__ = ("_wire", "largest", "over", "prefix", "reads_payload", "variable")

    def __init__(
        self,
        wire: Wire,
        *,
        variable: str,
        largest: int,
        over: int | None = None,
        prefix: str = "",
    ) -> None:
        self._wire = wire
        self.reads_payload = wire.reads_payload
        self.variable = variable
        self.largest = largest
        self.over = over
        self.prefix = prefix

    def shown(self, payload: Mapping[str, Any]) -> Attributes:
        """Return the attributes that show fields of a payload."""
        return self._wire.shown(payload)

    def given(self, message: object, values: Mapping[str, object]) -> Attributes:
        """Return the attributes that aren't in the payload."""
        return self._wire.given(message, values)

    def grouping(
        self,
        message: object,
        payload: Mapping[str, Any],
        *,
        fifo: bool,
        grouped: bool = False,
    ) -> dict[str, str]:
        """Return the parameters with a message's group and its other id."""
        return self._wire.grouping(message, payload, fifo=fifo, grouped=grouped)

    def packed(self, entry: Any, publisher: Any, body: str) -> Any:
        """Return a message as it is, or a pointer to it if it is large."""
        limit: int = publisher.max_size
        if entry.size <= (limit if self.over is None else min(self.over, limit)):
            return entry
        payload = entry.parameters[body].encode()
        name = type(entry.message).__name__
        if len(payload) > self.largest:
            text = f"{name} has {len(payload):,} bytes; {self.largest:,} may go by S3"
            raise RefusedError(text)
        bucket, key = self._bucket(publisher), f"{self.prefix}{uuid4()}"
        attributes: Attributes = entry.parameters["MessageAttributes"]
        _make_room(attributes, name)
        attributes[SIZE] = {"DataType": "Number", "StringValue": str(len(payload))}
        pointer = compact([POINTER, {"s3BucketName": bucket, "s3Key": key}])
        parameters = {**entry.parameters, body: pointer}
        if publisher.fifo and "MessageDeduplicationId" not in parameters:
            # By content AWS would compare pointers, of which no two are the same.
            parameters["MessageDeduplicationId"] = sha256(payload).hexdigest()
        left = size(pointer) + size_of_attributes(attributes)
        left += size(parameters.get("Subject", ""))
        small = LargeEntry(entry.message, parameters, left, entry.group)
        small.stored(publisher.objects, bucket, key, payload)
        return small

    def _bucket(self, publisher: Any) -> str:
        bucket: str | None = os.environ.get(self.variable)
        bucket = bucket or getattr(publisher.objects, "bucket", None)
        if bucket is None:
            message = (
                f"{type(publisher).__name__} doesn't know the bucket of large messages: "
                f"the environment variable {self.variable} is not set"
            )
            raise AddressError(message)
        return bucket


class LargeEntry(Entry):
    """A pointer on its way, with what has to be in S3 before it is sent."""

    __slots__ = ("_client", "_object")

    def stored(self, client: Any, bucket: str, key: str, payload: bytes) -> None:
        """Say what is to be put where; by boto3's client, unless another is given."""
        self._client = client
        self._object: dict[str, Any] | None = {
            "Bucket": bucket,
            "Key": key,
            "Body": payload,
            "ContentType": "application/json",
        }

    def prepare(self) -> None:
        """Put the payload into the bucket, once."""
        if self._object is not None:
            (self._client or aws.client("s3")).put_object(**self._object)
            self._object = None


def _make_room(attributes: Attributes, name: str) -> None:
    """Leave out what goes along with a message, if it has no attribute to spare."""
    for header in _HEADERS:
        if len(attributes) >= _MOST:
            attributes.pop(header, None)
    if len(attributes) >= _MOST:
        text = (
            f"{name} has {len(attributes)} message attributes; "
            f"a large one has {_MOST - 1} at most, beside {SIZE}"
        )
        raise RefusedError(text)
