"""Publishers into memory: only the AWS call is another, all checks are the real ones.

What they were given goes on to handlers through the compiled filters, in real envelopes.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ..codec import codec
from ..handling.reports import FAILURES
from . import events
from .answers import ANSWERS, AnswerError
from .routes import Parcel, Path, arrive

if TYPE_CHECKING:
    from ..protocols import LambdaContext, Message

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
        self.failures: deque[tuple[str, bool]] = deque()
        """What the next messages fail with, and whether that is AWS's fault."""

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
                self.parcels.append(Parcel(message_id=event["id"], event=event))
                results.append({"EventId": event["id"]})
        failed = sum("ErrorCode" in result for result in results)
        return {"FailedEntryCount": failed, "Entries": results}

    def _one(self, sent: dict[str, Any], body: str) -> dict[str, Any]:
        if self.failures:
            raise FakeFailure(self.failures.popleft()[0])
        return {"MessageId": self._keep(sent, body)}

    def _batch(self, entries: list[dict[str, Any]], body: str) -> dict[str, Any]:
        done: list[dict[str, Any]] = []
        failed: list[dict[str, Any]] = []
        for entry in entries:
            result = {"Id": entry["Id"]}
            if self.failures:
                code, retryable = self.failures.popleft()
                result |= {"Code": code, "Message": "told to fail"}
                failed.append({**result, "SenderFault": not retryable})
            else:
                done.append({**result, "MessageId": self._keep(entry, body)})
        return {"Successful": done, "Failed": failed}

    def _keep(self, sent: dict[str, Any], body: str) -> str:
        keys = ("MessageGroupId", "MessageDeduplicationId")
        system: dict[str, str] = {key: sent[key] for key in keys if key in sent}
        parcel = Parcel(
            message_id=events.new_id(),
            body=sent[body],
            attributes=sent["MessageAttributes"],
            system=system,
        )
        self.parcels.append(parcel)
        return parcel.message_id


class Delivered:
    """What became of the published messages on their way to a handler."""

    __slots__ = ("errors", "failed", "filtered_out", "handled")

    def __init__(
        self, handled: int, failed: int, filtered_out: int, errors: list[Exception]
    ) -> None:
        self.handled = handled
        self.failed = failed
        """They would come again, and end in the dead-letter queue."""
        self.filtered_out = filtered_out
        self.errors = errors
        """What the handler raised. Of a batch that it handles itself, as Powertools'
        BatchProcessor does, its failures have no errors here."""

    def __repr__(self) -> str:
        return (
            f"Delivered(handled={self.handled}, failed={self.failed}, "
            f"filtered_out={self.filtered_out}, errors={self.errors!r})"
        )

    def raise_errors(self) -> Delivered:
        """Raise what the handler raised, if anything: several of it as an `ExceptionGroup`."""
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            message = f"{self.failed} messages failed"
            raise ExceptionGroup(message, self.errors)
        if self.failed:
            message = f"{self.failed} messages failed"
            raise AssertionError(message)
        return self


class Fake:
    """What fakes add to the publisher that they are."""

    paths: ClassVar[Mapping[str, tuple[Path, ...]]] = {}
    """The ways from here to each consumer, by its name."""
    aws: FakeAws
    answers: Mapping[str, Callable[..., Any]] = {}
    """Who answers the pipes on the way, by whom these ask."""

    @staticmethod
    def _pause(seconds: float) -> None:
        """Try again at once."""

    def of(self, cls: type[M]) -> list[M]:
        """Return the messages of a type that were published, read back from the wire."""
        return [
            codec.decode(cls, value)
            for type_, value in map(_content, self.aws.parcels)
            if type_ == cls.__type__
        ]

    def fail_next(
        self, code: str = "", *, times: int = 1, retryable: bool = False
    ) -> None:
        """Make the next messages fail.

        `publish_many`, and a bus, try again what is retryable; `publish` to a topic or a
        queue doesn't, since botocore has done so already.
        """
        default = "ThrottlingException" if retryable else "InvalidParameterValue"
        self.aws.failures.extend([(code or default, retryable)] * times)

    def answered_by(self, answering: Callable[..., Any], *, asked: str = "") -> None:
        """Let the handler of a consumer answer the pipes that ask this consumer (`enrich`).

        It is really called, about each payload that comes by. For `enrich: provided` a function
        stands in that returns an answer about a payload, as JSON has it, or None: then nothing goes
        on. `asked` is the argument with which the real one is handed over.
        """
        name = asked or getattr(answering, "consumer", None)
        if name is None:
            message = "not made by a consumer's `handler` decorator: say who is `asked`"
            raise TypeError(message)
        self.answers = {**self.answers, name: answering}

    def deliver_to(
        self, handler: Callable[..., Any], context: LambdaContext | None = None
    ) -> Delivered:
        """Bring everything that was published to a handler, as far as filters let it.

        It is invoked as Lambda would: with events of the consumer's batch size, and `context` or a
        `FakeLambdaContext`. What a decorator such as Powertools' made of the handler does as well.
        Failures are counted alike, whether the handler raises or reports them to a queue; nothing
        is raised here, and nothing comes again by itself. Raises `LookupError` if nothing leads
        from here to the consumer, or if a pipe on the way asks somebody who answers only where
        `answered_by` says it.
        """
        consumer = getattr(handler, "consumer", None)
        if consumer is None:
            message = (
                "not made by a consumer's `handler` decorator, or by one around it"
            )
            raise TypeError(message)
        if consumer not in self.paths:
            message = f"nothing leads from {type(self).__name__} to `{consumer}`"
            raise LookupError(message)
        handled = failed = filtered_out = 0
        errors: list[Exception] = []
        for path in self.paths[consumer]:
            before = len(errors)
            parcels = self._arrived(path, errors)
            unanswered = len(errors) - before
            failed += unanswered
            filtered_out += len(self.aws.parcels) - len(parcels) - unanswered
            for event in path[-1].invoke(parcels):
                given = context or events.FakeLambdaContext(consumer)
                failures = _invoke(handler, event, given, errors)
                failed += failures
                handled += _size(event) - failures
        return Delivered(handled, failed, filtered_out, errors)

    def _arrived(self, path: Path, errors: list[Exception]) -> list[Parcel]:
        """Return what comes to the end of a path, and collect why somebody didn't answer."""
        found: list[Parcel] = []
        answering = ANSWERS.set(self.answers)
        try:
            for parcel in self.aws.parcels:
                try:
                    arrived = arrive(path, parcel)
                except AnswerError as error:
                    errors.append(error.reason)
                    continue
                if arrived is not None:
                    found.append(arrived)
        finally:
            ANSWERS.reset(answering)
        return found

    def clear(self) -> None:
        """Forget what was published, and what should fail."""
        self.aws.parcels.clear()
        self.aws.failures.clear()


def _invoke(
    handler: Callable[..., Any],
    event: dict[str, Any] | list[Any],
    context: LambdaContext,
    errors: list[Exception],
) -> int:
    """Invoke a handler and return how many messages of the event failed."""
    collecting = FAILURES.set(errors)
    try:
        response: dict[str, Any] | list[Any] | None = handler(event, context)
    except Exception as error:  # noqa: BLE001  # Lambda would try all of it again
        errors.append(error)
        return _size(event)
    finally:
        FAILURES.reset(collecting)
    # What answers returns a list.
    return len(response["batchItemFailures"]) if isinstance(response, dict) else 0


def _size(event: dict[str, Any] | list[Any]) -> int:
    if isinstance(event, list):  # of a pipe
        return len(event)
    return len(event.get("Records", (event,)))


def _content(parcel: Parcel) -> tuple[str, Any]:
    if parcel.event is not None:
        return parcel.event["detail-type"], parcel.event["detail"]
    return parcel.attributes["message_type"]["StringValue"], json.loads(parcel.body)
