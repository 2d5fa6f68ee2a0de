"""Lambda entry points around a function that takes one typed message."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..errors import UnreadableError
from .incoming import Incoming, MessageContext
from .running import Result, caller_of, checked, name_of

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ..protocols import BatchResponse, LambdaContext, Opener
    from .batches import Batch, Lane
    from .idempotency import Once

__all__ = [
    "EntryPoint",
    "Handler",
    "Result",
    "SqsHandler",
]

M = TypeVar("M")

Failed = dict[int, Exception | None]
"""By their places in a batch the records that failed, and why: None of what others held back."""
Stopped = dict[str | None, Exception]
"""By their ids the FIFO groups in which one has failed, and why."""

Handle = Callable[[M, MessageContext], Result]
Read = Callable[[Incoming], M]

HOOKS: list[Callable[[Any, MessageContext], AbstractContextManager[object]]] = []
"""What is around the functions of all handlers; see `around_handlers`."""


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
        """Whose handler it is, by its name in `messaging.yaml`."""
        self.service = service
        """The service whose consumer it is."""
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
        once: Once | None = None,
        large: Opener | None = None,
    ) -> None:
        if isinstance(fn, EntryPoint):
            message = f"`{fn.__name__}` is the handler of `{fn.consumer}` already"
            raise TypeError(message)
        super().__init__(checked(fn), consumer, service)
        self.once = once
        """Where it is remembered which messages were handled; None: nowhere."""
        self._large = large
        self._read = read
        self._call = caller_of(fn)
        self._batch: Batch | None = getattr(fn, "__batch__", None)
        if self._batch is not None and not self.has_batches:
            message = f"`{self.__name__}` is no handler of a queue's batches: `batch` means nothing"
            raise TypeError(message)

    has_batches = False
    """Whether an event is a batch whose messages fail by themselves."""

    def _handle(self, incoming: Incoming) -> None:
        message = self._begun(incoming)
        if self._is_alone(incoming.context):
            self._run(message, incoming.context)
        else:
            from .around import surrounded  # 3 ms, for those that have something

            with surrounded(self, incoming, message) as is_new:
                if is_new:
                    self._run(message, incoming.context)

    def _begun(self, incoming: Incoming) -> M:
        context = incoming.context
        context.consumer, context.service = self.consumer, self.service
        return self._read(incoming)

    def _is_alone(self, context: MessageContext) -> bool:
        """Whether nothing is around the function."""
        return (
            not HOOKS
            and self.once is None
            and "correlation_id" not in context.attributes
            and "opentelemetry.trace" not in sys.modules
        )

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
        once: Once | None = None,
        large: Opener | None = None,
    ) -> None:
        super().__init__(
            fn, read, consumer=consumer, service=service, once=once, large=large
        )
        self._incoming = Incoming.from_sqs if large is None else large.from_sqs
        self.fifo = fifo
        """Whether it reads a FIFO queue."""
        self._standard = standard
        self._partial_failures = partial_failures

    has_batches = True

    def __call__(
        self, event: Mapping[str, Any], context: LambdaContext | None = None
    ) -> BatchResponse:
        """Handle what Lambda polled, and say what failed."""
        records = records_of(event, self.consumer)
        failed: dict[int, Exception | None] = {}
        if self._batch is None:
            self.one_by_one([*enumerate(records)], context, failed)
        else:
            from .batches import handle  # 2 ms, for those that want it so

            handle(self, self._batch, records, context, failed)
        if not failed:
            return {"batchItemFailures": []}
        from .reports import answer  # 10 ms with logging, for what fails

        return answer(self.consumer, records, failed)

    def one_by_one(
        self, lane: Lane, context: LambdaContext | None, failed: Failed
    ) -> None:
        """Handle records in their order; note what fails, and what that holds back."""
        stopped: Stopped = {}
        for place, record in lane:
            if not stopped or self._may_run(place, record, failed, stopped):
                try:
                    self.record(record, context)
                except Exception as error:
                    if not self._partial_failures:
                        raise
                    self._settle(place, record, error, failed, stopped)

    def _may_run(
        self,
        place: int,
        record: Mapping[str, Any],
        failed: Failed,
        stopped: Stopped,
    ) -> bool:
        """Whether none of a record's group has failed before it."""
        group = group_of(record)
        if group not in stopped or not self.is_ordered(record):
            return True
        from .reports import held_back  # as above

        failed[place] = None
        held_back(record, stopped[group])
        return False

    def _settle(
        self,
        place: int,
        record: Mapping[str, Any],
        error: Exception,
        failed: Failed,
        stopped: Stopped,
    ) -> None:
        """Say why a record failed, and what becomes of it; of a FIFO queue, of its group, too."""
        from .reports import is_settled  # as above

        if is_settled(self, record, error):
            return
        failed[place] = error
        if self.is_ordered(record):
            stopped[group_of(record)] = error

    def is_ordered(self, record: Mapping[str, Any]) -> bool:
        """Whether a record is of a FIFO queue: there may be a standard one beside it."""
        if not self.fifo or not self._standard:
            return self.fifo
        return "SequenceNumber" in system_of(record)

    def record(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one record and raise what goes wrong, as Powertools' BatchProcessor wants it."""
        self._handle(self._incoming(record, lambda_context))

    async def record_awaited(
        self, record: Mapping[str, Any], lambda_context: LambdaContext | None = None
    ) -> None:
        """Handle one record by a coroutine function, within a running event loop."""
        from .around import surrounded
        from .finishing import refuse_unfinished

        if self._large is None:
            incoming = Incoming.from_sqs(record, lambda_context)
        else:  # while S3 answers, others go on
            from asyncio import to_thread

            incoming = await to_thread(self._incoming, record, lambda_context)
        message, context = self._begun(incoming), incoming.context
        with surrounded(self, incoming, message) as is_new:
            if is_new:
                awaitable: Any = self._call(message, context)
                refuse_unfinished(self.fn, await awaitable)

    async def awaited(
        self, lane: Lane, context: LambdaContext | None, failed: Failed
    ) -> None:
        """Handle records in their order by a coroutine function, as `one_by_one` does."""
        stopped: Stopped = {}
        for place, record in lane:
            if not stopped or self._may_run(place, record, failed, stopped):
                try:
                    await self.record_awaited(record, context)
                except Exception as error:
                    if not self._partial_failures:
                        raise
                    self._settle(place, record, error, failed, stopped)


def group_of(record: Any) -> str | None:
    """Return the FIFO group of a record, whatever that is."""
    group: str | None = system_of(record).get("MessageGroupId")
    return group


def system_of(record: Any) -> Mapping[str, Any]:
    """Return what SQS says of a message; nothing, if it doesn't."""
    found: Any = record.get("attributes") if isinstance(record, Mapping) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return found if isinstance(found, Mapping) else {}  # pyright: ignore[reportUnknownVariableType]
