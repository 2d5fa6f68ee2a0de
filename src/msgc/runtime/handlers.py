"""Lambda entry points around a function that takes one typed message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, Generic, TypedDict, TypeVar

from .codec import InvalidPayload
from .context import LambdaContext, MessageContext
from .errors import UnreadableError
from .incoming import Incoming
from .running import Result, caller_of, checked, finish, name_of

__all__ = [
    "BatchItemFailure",
    "BatchResponse",
    "EventBridgeHandler",
    "MixedHandler",
    "Result",
    "SnsHandler",
    "SqsHandler",
]

M = TypeVar("M")

Handle = Callable[[M, MessageContext], Result]
Read = Callable[[Incoming], M]

FAILURES: ContextVar[list[Exception] | None] = ContextVar("FAILURES", default=None)
"""Where a fake that delivers a batch collects why messages of it failed."""


class BatchItemFailure(TypedDict):
    """One message of a batch that Lambda shall not delete."""

    itemIdentifier: str


class BatchResponse(TypedDict):
    """What Lambda reads as a partial batch response."""

    batchItemFailures: list[BatchItemFailure]


class Handler(Generic[M, Result]):
    """What all handlers have in common: a function, and how what arrives is read for it.

    A coroutine function is run to its end in an event loop, one message after the other. What
    can't be run, a generator function or a class, is a `TypeError` when it is decorated.
    """

    def __init__(
        self,
        fn: Handle[M, Result],
        read: Read[M],
        *,
        consumer: str,
        service: str = "",
    ) -> None:
        if isinstance(fn, Handler | MixedHandler):
            message = f"`{fn.__name__}` is the handler of `{fn.consumer}` already"
            raise TypeError(message)
        self.fn = checked(fn)
        """The function itself, for unit tests."""
        self.consumer = consumer
        self.service = service
        self._read = read
        self._call = caller_of(fn)
        self.__name__ = name_of(fn)
        _resemble(self, fn)

    def _handle(self, incoming: Incoming) -> None:
        context = incoming.context
        context.consumer, context.service = self.consumer, self.service
        result = self._call(self._read(incoming), context)
        if result is not None:
            finish(self.fn, result)


class SqsHandler(Handler[M, Result]):
    """Handles a batch of SQS messages one by one; a failure is that message's alone.

    On a FIFO queue a failure holds back what follows in its group, so that the order stays.
    """

    def __init__(
        self,
        fn: Handle[M, Result],
        read: Read[M],
        *,
        consumer: str,
        service: str = "",
        fifo: bool = False,
        partial_failures: bool = True,
    ) -> None:
        super().__init__(fn, read, consumer=consumer, service=service)
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
                    _report(self.consumer, record["messageId"], error)
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
        self._handle(Incoming.from_sqs(record, lambda_context))


class SnsHandler(Handler[M, Result]):
    """Handles what a topic invokes a function with; a failure is raised, and Lambda tries again."""

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
        self._handle(Incoming.from_sns(record, lambda_context))


class EventBridgeHandler(Handler[M, Result]):
    """Handles what a rule invokes a function with; a failure is raised, and Lambda tries again."""

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> None:
        """Handle an event."""
        self.record(event, context)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle an event, under the name that all handlers have."""
        self._handle(Incoming.from_eventbridge(record, lambda_context))


class MixedHandler(Generic[M, Result]):
    """Handles what reaches a function by several services, each as its own handler does."""

    def __init__(
        self,
        *,
        sqs: SqsHandler[M, Result] | None = None,
        sns: SnsHandler[M, Result] | None = None,
        eventbridge: EventBridgeHandler[M, Result] | None = None,
    ) -> None:
        handlers = {"aws:sqs": sqs, "aws:sns": sns, None: eventbridge}
        self._handlers = {key: each for key, each in handlers.items() if each}
        first = next(iter(self._handlers.values()))
        self.fn: Handle[M, Result] = first.fn
        """The function itself, for unit tests."""
        self.consumer = first.consumer
        self.service = first.service
        self.__name__ = first.__name__
        _resemble(self, first.fn)

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
    ) -> SqsHandler[M, Result] | SnsHandler[M, Result] | EventBridgeHandler[M, Result]:
        origin = record.get("eventSource") or record.get("EventSource")
        if origin not in self._handlers:
            message = f"`{self.consumer}` isn't invoked by {origin or 'EventBridge'}"
            raise UnreadableError(message)
        return self._handlers[origin]


def _resemble(handler: object, fn: object) -> None:
    """Say of a handler what its function says of itself, as decorators expect of functions."""
    for name in ("__qualname__", "__module__", "__doc__"):
        value = getattr(fn, name, None)
        if value is not None:
            setattr(handler, name, value)


def _report(consumer: str, message_id: str, error: Exception) -> None:
    import logging  # 10 ms, for those with something to say

    failures = FAILURES.get()
    if failures is not None:
        failures.append(error)
    logger = logging.getLogger(__name__)
    if isinstance(error, InvalidPayload | UnreadableError):
        logger.error("%s: message %s can't be read: %s", consumer, message_id, error)
    else:
        logger.error(
            "%s: message %s failed: %s", consumer, message_id, error, exc_info=error
        )
