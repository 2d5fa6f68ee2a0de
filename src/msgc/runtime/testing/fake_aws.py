"""The publishing calls of SNS, SQS and EventBridge in memory."""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, Any, TypeVar

from ..codec import codec
from ..handling.memory import InMemoryStore
from . import events
from .parcels import Parcel

if TYPE_CHECKING:
    from ..protocols import Message

M = TypeVar("M", bound="Message")


class FakeFailure(Exception):  # named for what AWS does, not for a bug
    """A call that AWS refused, as botocore reports it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.response = {"Error": {"Code": code, "Message": "told to fail"}}

    def __str__(self) -> str:
        return f"{self.args[0]}: told to fail"


class FakeAws:
    """The publishing calls of SNS, SQS and EventBridge; what is sent is kept."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []
        self.dead: list[Parcel] = []
        """What has ended in the dead-letter queues of those who read it."""
        self.failures: deque[tuple[str, bool]] = deque()
        """What the next messages fail with, and whether that is AWS's fault."""
        self.failing_calls: deque[str] = deque()
        """What the next calls fail with, whatever they send."""
        self.now = 0.0
        """Seconds; they pass when a test says so."""
        self.claims = InMemoryStore(clock=lambda: self.now)
        """What handlers remember of the messages that they have handled."""

    def publish(self, *_: Any, **sent: Any) -> dict[str, Any]:
        """Take what goes to a topic."""
        return self._one(sent, "Message")

    def send_message(self, *_: Any, **sent: Any) -> dict[str, Any]:
        """Take what goes to a queue."""
        return self._one(sent, "MessageBody")

    def publish_batch(self, *_: Any, **sent: Any) -> dict[str, Any]:
        """Take what goes to a topic, up to ten."""
        return self._batch(sent["PublishBatchRequestEntries"], "Message")

    def send_message_batch(self, *_: Any, **sent: Any) -> dict[str, Any]:
        """Take what goes to a queue, up to ten."""
        return self._batch(sent["Entries"], "MessageBody")

    def put_events(self, *_: Any, **sent: Any) -> dict[str, Any]:
        """Take what goes to a bus, up to ten."""
        self._begin()
        results: list[dict[str, str]] = []
        for entry in sent["Entries"]:
            if self.failures:
                code = self.failures.popleft()[0]
                results.append({"ErrorCode": code, "ErrorMessage": "told to fail"})
            else:
                event = events.envelope(
                    entry["Source"],
                    entry["DetailType"],
                    json.loads(entry["Detail"]),
                    resources=entry.get("Resources", ()),
                )
                self._keep(Parcel(message_id=event["id"], event=event))
                results.append({"EventId": event["id"]})
        failed = sum("ErrorCode" in result for result in results)
        return {"FailedEntryCount": failed, "Entries": results}

    def _one(self, sent: dict[str, Any], body: str) -> dict[str, Any]:
        self._begin()
        if self.failures:
            raise FakeFailure(self.failures.popleft()[0])
        return {"MessageId": self._take(sent, body)}

    def _batch(self, entries: list[dict[str, Any]], body: str) -> dict[str, Any]:
        self._begin()
        done: list[dict[str, Any]] = []
        failed: list[dict[str, Any]] = []
        for entry in entries:
            result = {"Id": entry["Id"]}
            if self.failures:
                code, retryable = self.failures.popleft()
                result |= {"Code": code, "Message": "told to fail"}
                failed.append({**result, "SenderFault": not retryable})
            else:
                done.append({**result, "MessageId": self._take(entry, body)})
        return {"Successful": done, "Failed": failed}

    def _take(self, sent: dict[str, Any], body: str) -> str:
        keys = ("MessageGroupId", "MessageDeduplicationId")
        system: dict[str, str] = {key: sent[key] for key in keys if key in sent}
        parcel = Parcel(
            message_id=events.new_id(),
            body=sent[body],
            attributes=sent["MessageAttributes"],
            system=system,
        )
        self._keep(parcel)
        return parcel.message_id

    def _begin(self) -> None:
        """Fail as a whole, if that was said of the next call."""
        if self.failing_calls:
            raise FakeFailure(self.failing_calls.popleft())

    def _keep(self, parcel: Parcel) -> None:
        parcel.sent = self.now
        self.parcels.append(parcel)


def content(parcel: Parcel) -> tuple[str, Any]:
    """Return the type of a published message, and the payload as JSON has it.

    What a schedule sends doesn't say its type.
    """
    if parcel.event is not None:
        return parcel.event["detail-type"], parcel.event["detail"]
    told = parcel.attributes.get("message_type", {"StringValue": ""})
    return told["StringValue"], json.loads(parcel.body)


def decoded(cls: type[M], sent: Any) -> M:
    """Return the message of a type that was sent, from its envelope if it has one."""
    around = cls.__envelope__
    payload = sent if around is None else around.inside(sent, cls.__name__)
    return codec.decode(cls, payload)
