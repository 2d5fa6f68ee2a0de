"""`Loop`: the threads that receive messages, keep them invisible, and delete them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from .health import LOGGER
from .lanes import Lanes
from .parts import Parts
from .polling import Poller
from .queues import WorkedQueue
from .slots import Slots

_LAST_DELETIONS = 2.0
"""Seconds that are left for them after the deadline."""


class Loop:
    """Goes on from `start` to `end`; whoever has the slots handles what it receives."""

    def __init__(
        self,
        name: str,
        parts: Parts,
        lanes: Lanes,
        queues: Sequence[WorkedQueue],
        found_nothing: Callable[[], None] | None = None,
    ) -> None:
        self._name = name
        self._parts = parts
        self._lanes = lanes
        self._queues = queues
        self._found_nothing = found_nothing
        self._threads: list[threading.Thread] = []
        self.stopping = threading.Event()

    def open(self) -> None:
        """Ask for the settings of queues; raises `AddressError` if one can't be read."""
        for queue in self._queues:
            queue.open()

    def start(self, slots: Slots) -> None:
        """Receive messages for slots to handle."""
        parts = self._parts
        self._deleting = parts.start(parts.deleter.run, "deleter")
        shortest = min(queue.visibility for queue in self._queues)
        every = min(1.0, shortest / 8)
        parts.start(lambda: parts.heartbeat.run(every), "heartbeat")
        LOGGER.info(
            "%s: receiving from %s, handling %s at a time",
            self._name,
            ", ".join(queue.name for queue in self._queues),
            parts.settings.concurrency,
        )
        self._threads = [
            parts.start(self._poller(queue, slots).run, f"poller-{queue.name}")
            for queue in self._queues
        ]

    def _poller(self, queue: WorkedQueue, slots: Slots) -> Poller:
        return Poller(
            queue,
            self._parts,
            self._lanes,
            slots,
            self.stopping,
            found_nothing=self._found_nothing,
        )

    def end(self) -> bool:
        """Receive no more, and finish what runs; whether there was time for it."""
        parts = self._parts
        deadline = time.monotonic() + parts.settings.deadline
        LOGGER.info("%s: stopping", self._name)
        self.stopping.set()
        waiting = parts.holding.close()
        for poller in self._threads:  # or it would get what is given back
            poller.join(max(0.0, deadline - time.monotonic()))
        parts.give_back(waiting)
        finished = parts.holding.wait_until_idle(deadline)
        parts.deleter.end()
        self._deleting.join(_LAST_DELETIONS)
        parts.heartbeat.end()
        left = parts.holding.take()
        if left:
            LOGGER.warning(
                "%s: messages that aren't finished in time: %s; others get them",
                self._name,
                len(left),
            )
            parts.give_back(left)
        return finished
