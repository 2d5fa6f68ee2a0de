"""Lambda entry points around a function that takes one typed message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypedDict, TypeVar

from .codec import InvalidPayload
from .context import LambdaContext, MessageContext
from .errors import UnreadableError
from .incoming import Incoming

M = TypeVar("M")

Handle = Callable[[M, MessageContext], None]
Read = Callable[[Incoming], M]


class BatchItemFailure(TypedDict):
    """One message of a batch that Lambda shall not delete."""

    itemIdentifier: str


class BatchResponse(TypedDict):
    """What Lambda reads as a partial batch response."""

    batchItemFailures: list[BatchItemFailure]


class SqsHandler(Generic[M]):
    """Handles a batch of SQS messages one by one; a failure is that message's alone.

    On a FIFO queue a failure holds back what follows in its group, so that the order stays.
    """

    def __init__(
        self,
        fn: Handle[M],
        read: Read[M],
        *,
        consumer: str,
        fifo: bool = False,
        partial_failures: bool = True,
    ) -> None:
        self.fn = fn
        """The function itself, for unit tests."""
        self.consumer = consumer
        self._read = read
        self._fifo = fifo
        self._partial_failures = partial_failures

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> BatchResponse:
        """Handle what Lambda polled, and say what failed."""
        failed: list[BatchItemFailure] = []
        stopped: set[str | None] = set()
        for record in event["Records"]:
            group = record["attributes"].get("MessageGroupId") if self._fifo else None
            if group not in stopped:
                try:
                    self.record(record, context)
                except Exception as error:
                    if not self._partial_failures:
                        raise
                    _log(self.consumer, record["messageId"], error)
                else:
                    continue
                if self._fifo:
                    stopped.add(group)
            failed.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failed}

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one record and raise what goes wrong, as Powertools' BatchProcessor wants it."""
        incoming = Incoming.from_sqs(record, lambda_context)
        self.fn(self._read(incoming), incoming.context)


class SnsHandler(Generic[M]):
    """Handles what a topic invokes a function with; a failure is raised, and Lambda tries again."""

    def __init__(self, fn: Handle[M], read: Read[M], *, consumer: str) -> None:
        self.fn = fn
        """The function itself, for unit tests."""
        self.consumer = consumer
        self._read = read

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> None:
        """Handle the notification of an SNS event."""
        for record in event["Records"]:
            self.record(record, context)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one record of an SNS event."""
        incoming = Incoming.from_sns(record, lambda_context)
        self.fn(self._read(incoming), incoming.context)


class EventBridgeHandler(Generic[M]):
    """Handles what a rule invokes a function with; a failure is raised, and Lambda tries again."""

    def __init__(self, fn: Handle[M], read: Read[M], *, consumer: str) -> None:
        self.fn = fn
        """The function itself, for unit tests."""
        self.consumer = consumer
        self._read = read

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> None:
        """Handle an event."""
        self.record(event, context)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle an event, under the name that all handlers have."""
        incoming = Incoming.from_eventbridge(record, lambda_context)
        self.fn(self._read(incoming), incoming.context)


class MixedHandler(Generic[M]):
    """Handles what reaches a function by several services, each as its own handler does."""

    def __init__(
        self,
        *,
        sqs: SqsHandler[M] | None = None,
        sns: SnsHandler[M] | None = None,
        eventbridge: EventBridgeHandler[M] | None = None,
    ) -> None:
        handlers = {"aws:sqs": sqs, "aws:sns": sns, None: eventbridge}
        self._handlers = {key: each for key, each in handlers.items() if each}
        first = next(iter(self._handlers.values()))
        self.fn: Handle[M] = first.fn
        """The function itself, for unit tests."""
        self.consumer = first.consumer

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> BatchResponse | None:
        """Handle what Lambda was invoked with."""
        records = event.get("Records")
        return self._handler(records[0] if records else event)(event, context)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one record, or an event."""
        self._handler(record).record(record, lambda_context)

    def _handler(
        self, record: Mapping[str, Any]
    ) -> SqsHandler[M] | SnsHandler[M] | EventBridgeHandler[M]:
        origin = record.get("eventSource") or record.get("EventSource")
        if origin not in self._handlers:
            message = f"`{self.consumer}` isn't invoked by {origin or 'EventBridge'}"
            raise UnreadableError(message)
        return self._handlers[origin]


def _log(consumer: str, message_id: str, error: Exception) -> None:
    import logging  # 10 ms, for those with something to say

    logger = logging.getLogger(__name__)
    if isinstance(error, InvalidPayload | UnreadableError):
        logger.error("%s: message %s can't be read: %s", consumer, message_id, error)
    else:
        logger.error(
            "%s: message %s failed: %s", consumer, message_id, error, exc_info=error
        )
