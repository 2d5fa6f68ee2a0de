"""Lambda entry points around a function that takes one typed message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..errors import UnreadableError
from .incoming import Incoming, MessageContext
from .running import Result, caller_of, checked, name_of

if TYPE_CHECKING:
    from ..protocols import BatchItemFailure, BatchResponse, LambdaContext

__all__ = [
    "EntryPoint",
    "Handler",
    "Result",
    "SqsHandler",
]

M = TypeVar("M")

Handle = Callable[[M, MessageContext], Result]
Read = Callable[[Incoming], M]


def records_of(event: Mapping[str, Any], consumer: str) -> Sequence[Mapping[str, Any]]:
    """Return the records of an event; raises `UnreadableError` for one that has none."""
    records: Any = event.get("Records")
    if not isinstance(records, Sequence):
        message = (
            f"`{consumer}` was invoked with something else than records of SQS or SNS"
        )
        raise UnreadableError(message)
    return records  # pyright: ignore[reportUnknownVariableType]


def payloads_of(event: Any, consumer: str) -> Sequence[Mapping[str, Any]]:
    """Return the payloads of a pipe; raises `UnreadableError` for what is no batch."""
    if not isinstance(event, list):
        message = f"`{consumer}` was invoked with something else than a batch of a pipe"
        raise UnreadableError(message)
    return event  # pyright: ignore[reportUnknownVariableType]


class EntryPoint(Generic[M, Result]):
    """What Lambda invokes; it looks like its function, as decorators expect."""

    def __init__(self, fn: Handle[M, Result], consumer: str, service: str) -> None:
        self.fn = fn
        """The function itself, for unit tests."""
        self.consumer = consumer
        self.service = service
        self.__name__ = name_of(fn)
        for name in ("__qualname__", "__module__", "__doc__"):
            value = getattr(fn, name, None)
            if value is not None:
                setattr(self, name, value)


class Handler(EntryPoint[M, Result]):
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
        if isinstance(fn, EntryPoint):
            message = f"`{fn.__name__}` is the handler of `{fn.consumer}` already"
            raise TypeError(message)
        super().__init__(checked(fn), consumer, service)
        self._read = read
        self._call = caller_of(fn)

    def _handle(self, incoming: Incoming) -> None:
        context = incoming.context
        context.consumer, context.service = self.consumer, self.service
        message = self._read(incoming)
        if context.correlation_id is None:
            self._run(message, context)
        else:
            from ..correlation import handling  # for those that have one

            with handling(context.correlation_id):
                self._run(message, context)

    def _run(self, message: M, context: MessageContext) -> None:
        result = self._call(message, context)
        if result is not None:
            from .finishing import finish  # 1 ms, for those that return something

            finish(self.fn, result)


class SqsHandler(Handler[M, Result]):
    """Handles a batch of SQS messages one by one; a failure is that message's alone.

    On a FIFO queue a failure holds back what follows in its group, so that the order stays. With
    `standard`, a standard queue is read as well: what has no sequence number has no order.
    """

    def __init__(
        self,
        fn: Handle[M, Result],
        read: Read[M],
        *,
        consumer: str,
        service: str = "",
        fifo: bool = False,
        standard: bool = False,
        partial_failures: bool = True,
    ) -> None:
        super().__init__(fn, read, consumer=consumer, service=service)
        self._fifo = fifo
        self._standard = standard
        self._partial_failures = partial_failures

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> BatchResponse:
        """Handle what Lambda polled, and say what failed."""
        failed: list[BatchItemFailure] = []
        stopped: set[str | None] = set()
        for record in records_of(event, self.consumer):
            system = record["attributes"]
            ordered = self._fifo and ("SequenceNumber" in system or not self._standard)
            group = system.get("MessageGroupId") if ordered else None
            if group not in stopped:
                try:
                    self.record(record, context)
                except Exception as error:
                    if not self._partial_failures:
                        raise
                    from .reports import report  # 10 ms with logging, for what fails

                    report(self.consumer, record["messageId"], error)
                else:
                    continue
                if ordered:
                    stopped.add(group)
            failed.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failed}

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one record and raise what goes wrong, as Powertools' BatchProcessor wants it."""
        self._handle(Incoming.from_sqs(record, lambda_context))
