"""`Worker`: receives messages from queues and lets a handler run, until it is told to stop."""

from __future__ import annotations

from collections.abc import Sequence
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Unpack

from ..handling.running import is_coroutine_function
from ..handling.workers import WorkerHandler
from .health import Health, touch
from .lanes import HandledLanes, Lane
from .loop import Loop
from .parts import Parts
from .queues import WorkedQueue
from .settings import Settings
from .signals import stopped_by_signals
from .slots import Coroutines, Slots, Threads

if TYPE_CHECKING:
    from .protocols import WorkerOptions


class Worker:
    """Receives messages, handles several at a time, and deletes those that succeeded.

    A message stays invisible as long as it is held. What fails comes again when its time is over,
    and holds back what follows in its FIFO group. The queues are found by environment variables.
    """

    def __init__(
        self,
        handler: WorkerHandler[Any, Any],
        variables: Sequence[str],
        **options: Unpack[WorkerOptions],
    ) -> None:
        if not isinstance(handler, WorkerHandler):  # pyright: ignore[reportUnnecessaryIsInstance]
            message = f"{handler!r} is no handler of a worker: its consumer's `handler` makes one"
            raise TypeError(message)
        self._handler = handler
        self._settings = settings = Settings(handler, variables, options)
        urls = settings.urls(handler.consumer)
        queues = [WorkedQueue(url, settings.visibility) for url in urls]
        self._stops: SimpleQueue[BaseException | None] = SimpleQueue()
        self._parts = Parts(settings, queues, self._stops.put)
        self._lanes = HandledLanes(handler, self._parts)
        self._loop = Loop(handler.consumer, self._parts, self._lanes, queues)

    @property
    def health(self) -> Health:
        """How the worker is at the moment."""
        return self._parts.health(stopping=self._loop.stopping.is_set())

    def stop(self) -> None:
        """Let `run` come to its end; whatever thread it runs in."""
        self._stops.put(None)

    def run(self) -> bool:
        """Work until `stop` is called, or SIGTERM or SIGINT comes; another one ends it at once.

        Then nothing more is received, what waits is given back, and what runs may finish within
        the deadline. Returns whether it did. Raises `AddressError` if a queue can't be read. It
        can be called once.
        """
        if self._loop.stopping.is_set():
            message = "a worker that has stopped doesn't run again: make another one"
            raise RuntimeError(message)
        with stopped_by_signals(self.stop):
            self._loop.open()
            slots = self._slots()
            self._loop.start(slots)
            error = self._wait()
            finished = self._loop.end()
            slots.end()
        if error is not None:
            raise error
        return finished

    def _slots(self) -> Slots:
        """Return where lanes run, with the context variables of the caller."""
        kind = Coroutines if is_coroutine_function(self._handler.fn) else Threads
        return kind(self._settings.concurrency, self._lanes, self._ended)

    def _ended(self, lane: Lane, raised: BaseException | None) -> None:
        if raised is not None:
            self._parts.give_back(self._parts.holding.take(lane))
            self._stops.put(raised)
        self._parts.holding.lane_ended()

    def _wait(self) -> BaseException | None:
        """Wait until the worker is to stop; return the error because of which, if there is one."""
        file = self._settings.health_file
        while True:
            if file is not None and self.health.is_alive:
                touch(file)
            try:
                return self._stops.get(timeout=5.0)
            except Empty:
                continue
