"""Fakes of places whose messages may go through S3: what lies there is in memory, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..handling.large import OBJECTS
from ..json_text import parse
from ..publishing.large import SIZE
from .fake_aws import FakeFailure
from .fakes import Fake

if TYPE_CHECKING:
    from ..protocols import LambdaContext
    from .delivered import Delivered
    from .parcels import Parcel


class FakeBucket:
    """What is needed of S3, in memory."""

    bucket = "in-memory"

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        """What lies there, by its key; what a test takes out is gone."""

    def put_object(self, *_: Any, **sent: Any) -> dict[str, Any]:
        """Keep an object."""
        self.objects[sent["Key"]] = sent["Body"]
        return {}

    def get_object(self, *_: Any, **asked: Any) -> dict[str, Any]:
        """Return an object as boto3 does."""
        found = self.objects.get(asked["Key"])
        if found is None:
            code = "NoSuchKey"
            raise FakeFailure(code)
        return {"Body": BytesIO(found), "ContentLength": len(found)}


class LargeFake(Fake):
    """What fakes add to the publisher that they are, where messages may go through S3."""

    objects: FakeBucket

    def _opened(self, parcels: Iterable[Parcel]) -> Iterable[Parcel]:
        """Follow the pointers."""
        return map(self._whole, parcels)

    def deliver_to(
        self,
        handler: Callable[..., Any],
        context: LambdaContext | None = None,
        *,
        duplicates: int = 0,
        shuffle: int | None = None,
        redrive: bool = False,
    ) -> Delivered:
        """Bring everything that was published to a handler, which reads the bucket in memory."""
        reading = OBJECTS.set(self.objects)
        try:
            return super().deliver_to(
                handler,
                context,
                duplicates=duplicates,
                shuffle=shuffle,
                redrive=redrive,
            )
        finally:
            OBJECTS.reset(reading)

    def clear(self) -> None:
        """Forget what was published, and what lies in the bucket."""
        super().clear()
        self.objects.objects.clear()

    def _whole(self, parcel: Parcel) -> Parcel:
        """Return a message with what its pointer leads to in its place."""
        if SIZE not in parcel.attributes:
            return parcel
        whole = copy(parcel)
        key: str = parse(parcel.body)[1]["s3Key"]
        whole.body = self.objects.objects[key].decode()
        return whole
