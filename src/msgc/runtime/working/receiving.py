"""`Receiving`: the loop of a program that asks for one message of a queue after the other."""

from __future__ import annotations

import time
from asyncio import to_thread
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..handling.verdicts import Verdict
from .health import LOGGER, Health
from .inbox import Inbox
from .lanes import Lane, Lanes
from .loop import Loop
from .parts import Parts
from .received import Received
from .settings import Pace
from .signals import stopped_by_signals

if TYPE_CHECKING:
    from .protocols import ReceiveOptions
    from .queues import WorkedQueue
    from .receiver import Reader

M = TypeVar("M")

_OTHERS = frozenset({"until_empty", "go_on", "unreadable", "signals", "measure"})


class _Ticket:
    """The place of a message in its lane, and since when somebody handles it."""

    __slots__ = ("began", "lane", "place")

    def __init__(self, lane: Lane, place: int) -> None:
        self.lane = lane
        self.place = place
        self.began = time.monotonic()


class _Asked(Generic[M]):
    """What an `async for` loop asks for messages; a loop that is broken off ends with it.

    Not an async generator: an event loop that is going away itself may never come to close one.
    """

    __slots__ = ("_begin", "_end", "_is_running", "_raise", "_started", "_take")

    def __init__(
        self,
        begin: Callable[[], None],
        started: AbstractContextManager[None],
        take: Callable[[], Received[M] | None],
        end: Callable[[], None],
        raise_: Callable[[], None],
    ) -> None:
        self._begin = begin
        self._started = started
        self._take = take
        self._end = end
        self._raise = raise_
        self._is_running = False

    def __aiter__(self) -> AsyncIterator[Received[M]]:
        return self

    async def __anext__(self) -> Received[M]:
        if not self._is_running:
            await to_thread(self._begin)
            self._started.__enter__()
            self._is_running = True
        try:
            received = await to_thread(self._take)
        except BaseException:
            await self._over()
            raise
        if received is None:
            await self._over()
            self._raise()
            raise StopAsyncIteration
        return received

    async def _over(self) -> None:
        self._is_running = False
        self._started.__exit__(None, None, None)
        await to_thread(self._end)

    def __del__(self) -> None:
        if not self._is_running:
            return
        self._started.__exit__(None, None, None)
        with suppress(RuntimeError):  # at the end of the process
            Thread(target=self._end, name="worker-end").start()


class Receiving(Generic[M]):
    """Messages of a queue, for a `for` loop or an `async for` loop; each is a `Received`.

    A loop can be run once. When it ends, however that is, what waits is given back.
    """

    def __init__(
        self, reader: Reader[M], queue: WorkedQueue, options: ReceiveOptions
    ) -> None:
        self.reader = reader
        settings = Pace("`receive`", dict(options), _OTHERS, 1)
        queue.visibility = settings.visibility or 0
        self._until_empty = options.get("until_empty", False)
        self._go_on = options.get("go_on", False)
        self._unreadable = options.get("unreadable")
        self._signals = options.get("signals", True)
        self._is_begun = self._is_ended = False
        self._error: BaseException | None = None
        self._open: set[Received[M]] = set()
        self._parts = Parts(settings, [queue], self._stop)
        self._lanes = Lanes(reader, self._parts)
        self._inbox = Inbox(settings.concurrency, self._parts.holding)
        self._loop = Loop(
            reader.consumer,
            self._parts,
            self._lanes,
            [queue],
            self._found_nothing if self._until_empty else None,
        )

    @property
    def health(self) -> Health:
        """How the loop is at the moment."""
        return self._parts.health(stopping=self._loop.stopping.is_set())

    def stop(self) -> None:
        """Let the loop end after the message at hand; whatever thread it runs in."""
        self._inbox.end()

    def __iter__(self) -> Iterator[Received[M]]:
        self._begin()
        with self._started():
            try:
                while (received := self._next()) is not None:
                    yield received
            finally:
                self.end()
        self._raise()

    def __aiter__(self) -> AsyncIterator[Received[M]]:
        started, begin = self._started(), self._begin
        return _Asked(begin, started, self._next, self.end, self._raise)

    def _begin(self) -> None:
        if self._is_begun:
            message = "a loop that has ended doesn't begin again: call `receive` again"
            raise RuntimeError(message)
        self._is_begun = True
        self._loop.open()

    @contextmanager
    def _started(self) -> Generator[None, None, None]:
        """Receive messages meanwhile; a signal stops it."""
        with stopped_by_signals(self.stop) if self._signals else nullcontext():
            self._loop.start(self._inbox)
            yield

    def _stop(self, error: BaseException | None) -> None:
        self._error = self._error or error
        self._inbox.end()

    def _found_nothing(self) -> None:
        if not self._parts.holding.counts()[2]:
            self._inbox.end()

    def _next(self) -> Received[M] | None:
        while (taken := self._inbox.take()) is not None:
            received = self._received(_Ticket(*taken))
            if received is not None:
                return received
        return None

    def _received(self, ticket: _Ticket) -> Received[M] | None:
        """Begin with a message; None if that is lost, or can't be read."""
        if not self._lanes.begin(ticket.lane, ticket.place):
            self._inbox.finished(ticket.lane, ticket.place, goes_on=False)
            return None
        record = ticket.lane[ticket.place].record
        try:
            incoming = self.reader.opened(record)
            incoming.context.consumer = self.reader.consumer
            incoming.context.service = self.reader.service
            message = self.reader.read(incoming)
        except Exception as error:  # noqa: BLE001  # whatever came
            self._refused(ticket, record, error)
            return None
        received = Received(self, ticket, message, incoming)
        self._open.add(received)
        return received

    def _refused(
        self, ticket: _Ticket, record: Mapping[str, Any], error: Exception
    ) -> None:
        """Do with a message that can't be read what was said of such ones."""
        if self._unreadable is not None:
            try:
                self._unreadable(record, error)
            except Exception as raised:  # noqa: BLE001  # it is the message's failure
                error = raised
            else:
                self._delete(ticket)
                return
        self._fail(ticket, error)

    def succeeded(self, received: Received[M]) -> None:
        """Delete what was handled."""
        self._open.discard(received)
        self._delete(received.ticket)

    def failed(self, received: Received[M], error: Exception) -> None:
        """Let what failed come again, or do what its verdict says."""
        self._open.discard(received)
        self._fail(received.ticket, error)

    def given_back(self, received: Received[M]) -> None:
        """Let others have a message, and what follows it in its group."""
        self._open.discard(received)
        ticket: _Ticket = received.ticket
        lane = ticket.lane[ticket.place :]
        self._parts.give_back(self._parts.holding.take(lane))
        self._inbox.finished(ticket.lane, ticket.place, goes_on=False)

    def goes_on_after(self, error: BaseException) -> bool:
        """Whether the loop goes on after an error, which is logged."""
        return isinstance(error, Verdict) or (
            self._go_on and isinstance(error, Exception)
        )

    def _delete(self, ticket: _Ticket) -> None:
        held = ticket.lane[ticket.place]
        if self._parts.holding.has(held):
            self._lanes.succeeded(held, ticket.began)
        else:
            LOGGER.warning(
                "message %s was handled after others could get it, and comes again",
                held.record["messageId"],
            )
        self._inbox.finished(ticket.lane, ticket.place, goes_on=True)

    def _fail(self, ticket: _Ticket, error: Exception) -> None:
        goes_on = self._lanes.failed(ticket.lane, ticket.place, error, ticket.began)
        self._inbox.finished(ticket.lane, ticket.place, goes_on=goes_on)

    def end(self) -> None:
        """Give back what waits, and wait for what runs; once."""
        if self._is_ended:
            return
        self._is_ended = True
        self._inbox.end()
        for received in [*self._open]:
            if not received.is_begun:
                received.give_back()
        self._loop.end()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error
