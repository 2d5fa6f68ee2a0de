"""`Worker`: receives messages from queues and lets a handler run, until it is told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from queue import Empty
from typing import TYPE_CHECKING, Any, Unpack

from ..handling.workers import WorkerHandler
from .health import LOGGER, Health, touch
from .parts import Parts
from .polling import Poller
from .queues import WorkedQueue
from .settings import Settings
from .signals import stopped_by_signals
from .slots import Slots

if TYPE_CHECKING:
    from .protocols import WorkerOptions

_LAST_DELETIONS = 2.0
"""Seconds that are left for them after the deadline."""


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
        self._consumer = handler.consumer
        self._settings = settings = Settings(handler, variables, options)
        urls = settings.urls(handler.consumer)
        self._queues = [WorkedQueue(url, settings.visibility) for url in urls]
        self._parts = Parts(handler, settings, self._queues)
        self._stopping = threading.Event()

    @property
    def health(self) -> Health:
        """How the worker is at the moment."""
        running, waiting, lanes = self._parts.holding.counts()
        is_full = lanes >= self._settings.concurrency
        return Health(
            last_poll=self._parts.polls.last,
            running=running,
            waiting=waiting,
            stopping=self._stopping.is_set(),
            is_alive=is_full or not self._parts.polls.is_late,
        )

    def stop(self) -> None:
        """Let `run` come to its end; whatever thread it runs in."""
        self._parts.stops.put(None)

    def run(self) -> bool:
        """Work until `stop` is called, or SIGTERM or SIGINT comes; another one ends it at once.

        Then nothing more is received, what waits is given back, and what runs may finish within
        the deadline. Returns whether it did. Raises `AddressError` if a queue can't be read. It
        can be called once.
        """
        if self._stopping.is_set():
            message = "a worker that has stopped doesn't run again: make another one"
            raise RuntimeError(message)
        with stopped_by_signals(self.stop):
            for queue in self._queues:
                queue.open()
            slots = self._parts.slots()
            deleting = self._parts.start(self._parts.deleter.run, "deleter")
            pollers = self._start(slots)
            error = self._wait()
            finished = self._end(pollers, deleting)
            slots.end()
        if error is not None:
            raise error
        return finished

    def _start(self, slots: Slots) -> list[threading.Thread]:
        shortest = min(queue.visibility for queue in self._queues)
        every = min(1.0, shortest / 8)
        self._parts.start(lambda: self._parts.heartbeat.run(every), "heartbeat")
        LOGGER.info(
            "%s: receiving from %s, handling %s at a time",
            self._consumer,
            ", ".join(queue.name for queue in self._queues),
            self._settings.concurrency,
        )
        return [
            self._parts.start(
                Poller(queue, self._parts, slots, self._stopping).run,
                f"poller-{queue.name}",
            )
            for queue in self._queues
        ]

    def _wait(self) -> BaseException | None:
        """Wait until the worker is to stop; return the error because of which, if there is one."""
        file = self._settings.health_file
        while True:
            if file is not None and self.health.is_alive:
                touch(file)
            try:
                return self._parts.stops.get(timeout=5.0)
            except Empty:
                continue

    def _end(
        self, pollers: Sequence[threading.Thread], deleting: threading.Thread
    ) -> bool:
        """Finish what runs; whether there was time for it."""
        parts, deadline = self._parts, time.monotonic() + self._settings.deadline
        LOGGER.info("%s: stopping", self._consumer)
        self._stopping.set()
        waiting = parts.holding.close()
        for poller in pollers:  # or it would get what is given back
            poller.join(max(0.0, deadline - time.monotonic()))
        parts.give_back(waiting)
        finished = parts.holding.wait_until_idle(deadline)
        parts.deleter.end()
        deleting.join(_LAST_DELETIONS)
        parts.heartbeat.end()
        left = parts.holding.take()
        if left:
            LOGGER.warning(
                "%s: messages that aren't finished in time: %s; others get them",
                self._consumer,
                len(left),
            )
            parts.give_back(left)
        return finished
