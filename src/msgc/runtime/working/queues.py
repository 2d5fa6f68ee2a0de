"""A queue as a worker needs it: receive, keep invisible, give back, delete."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from ..errors import AddressError
from ..handling.workers import record_of
from ..publishing import aws
from ..publishing.failures import is_throttled
from .held import Held

if TYPE_CHECKING:
    from .protocols import WorkerSqsClient

_SHORTEST = 2
"""Seconds that a message is invisible at least: time enough to put it off."""
_LONGEST = 43_200
_AT_ONCE = 10
"""Messages in one call: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html"""


class WorkedQueue:
    """A queue by its URL; it is asked for its visibility timeout once, by `open`."""

    def __init__(self, url: str, visibility: int | None = None) -> None:
        self.url = url
        self.visibility: float = visibility or 0
        """Seconds that a received message is invisible, from when it was received or put off."""
        self._arn = ""
        self._client: WorkerSqsClient | None = None

    @property
    def name(self) -> str:
        """The queue's name in AWS."""
        return self.url.rpartition("/")[2]

    def open(self) -> None:
        """Ask for the queue's own settings; raises `AddressError` with what AWS says."""
        if "/" not in self.url or not self.url.startswith(("https://", "http://")):
            message = f"`{self.url}` is no URL of a queue"
            raise AddressError(message)
        try:
            answer = self._connect().get_queue_attributes(
                QueueUrl=self.url, AttributeNames=["VisibilityTimeout", "QueueArn"]
            )
        except ModuleNotFoundError as error:
            message = (
                f"a worker needs the package `{error.name}`, which isn't installed"
            )
            raise AddressError(message) from error
        except Exception as error:
            message = f"nothing can be received from {self.url}: {error}"
            raise AddressError(message) from error
        self._arn = answer["Attributes"]["QueueArn"]
        own = int(answer["Attributes"]["VisibilityTimeout"])
        self.visibility = min(max(self.visibility or own, _SHORTEST), _LONGEST)

    def receive(self, wait: int, most: int) -> list[Held]:
        """Receive messages, waiting so many seconds for the first one."""
        answer = self._connect().receive_message(
            QueueUrl=self.url,
            MaxNumberOfMessages=most,
            WaitTimeSeconds=wait,
            VisibilityTimeout=int(self.visibility),
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
        )
        now = time.monotonic()
        found = [record_of(each, self.url) for each in answer.get("Messages") or ()]
        for record in found:
            record["eventSourceARN"] = self._arn
        return [Held(self, record, now) for record in found]

    def extend(self, some: Sequence[Held]) -> list[tuple[Held, Any]]:
        """Keep messages invisible for another while; return those that weren't, and why."""
        return self._hide(some, int(self.visibility))

    def release(self, some: Sequence[Held]) -> list[tuple[Held, Any]]:
        """Let others have messages at once; return those that they can't, and why."""
        return self._hide(some, 0)

    def delete(self, some: Sequence[Held]) -> list[tuple[Held, Any]]:
        """Delete messages; return those that weren't, and why."""
        return _batched(
            some,
            lambda entries: self._connect().delete_message_batch(
                QueueUrl=self.url, Entries=entries
            ),
        )

    def _hide(self, some: Sequence[Held], seconds: int) -> list[tuple[Held, Any]]:
        return _batched(
            some,
            lambda entries: self._connect().change_message_visibility_batch(
                QueueUrl=self.url,
                Entries=[{**each, "VisibilityTimeout": seconds} for each in entries],
            ),
        )

    def _connect(self) -> WorkerSqsClient:
        client: WorkerSqsClient = self._client or aws.client(
            "sqs", aws.region_of(self.url)
        )
        self._client = client
        return client


def by_queue(some: Iterable[Held]) -> dict[WorkedQueue, list[Held]]:
    """Return messages by the queues they are from, in their order."""
    found: dict[WorkedQueue, list[Held]] = {}
    for held in some:
        found.setdefault(held.queue, []).append(held)
    return found


def is_lost(failure: Any) -> bool:
    """Whether a call about a message would fail again: it isn't ours any more, or gone."""
    if not isinstance(failure, dict):
        return False  # an exception: of the network, say, about all of them
    entry = cast("dict[str, Any]", failure)
    return bool(entry.get("SenderFault")) and not is_throttled(str(entry.get("Code")))


def _batched(
    some: Sequence[Held], call: Callable[[list[dict[str, Any]]], Any]
) -> list[tuple[Held, Any]]:
    """Make calls about ten messages each; return what failed, with an entry of AWS or an error."""
    failed: list[tuple[Held, Any]] = []
    for start in range(0, len(some), _AT_ONCE):
        part = some[start : start + _AT_ONCE]
        entries = [
            {"Id": str(i), "ReceiptHandle": held.receipt} for i, held in enumerate(part)
        ]
        try:
            answer = call(entries)
        except Exception as error:  # noqa: BLE001  # botocore's, or any stand-in's
            failed += [(held, error) for held in part]
        else:
            failed += [
                (part[int(each["Id"])], each) for each in answer.get("Failed") or ()
            ]
    return failed
