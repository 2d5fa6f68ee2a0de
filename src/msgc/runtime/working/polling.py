"""Receives messages from one queue, as long as there is room for them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from .backoff import Backoff
from .health import LOGGER
from .held import Held
from .lanes import Lanes
from .parts import Parts
from .queues import WorkedQueue
from .slots import Slots


class Poller:
    """Long-polls a queue in a thread of its own; after an error it waits, longer each time."""

    def __init__(
        self,
        queue: WorkedQueue,
        parts: Parts,
        lanes: Lanes,
        slots: Slots,
        stopping: Event,
        *,
        found_nothing: Callable[[], None] | None = None,
    ) -> None:
        self._queue = queue
        self._parts = parts
        self._lanes = lanes
        self._slots = slots
        self._stopping = stopping
        self._found_nothing = found_nothing
        self._backoff = Backoff()

    def run(self) -> None:
        """Receive until the worker stops."""
        holding, settings = self._parts.holding, self._parts.settings
        while holding.wait_for_room(settings.concurrency, self._stopping.is_set):
            self._dispatch(self._received())

    def _received(self) -> list[Held]:
        parts = self._parts
        try:
            found = self._queue.receive(parts.settings.wait, parts.settings.batch)
        except Exception as error:  # noqa: BLE001  # it goes on, or the worker ends
            seconds = self._backoff.next()
            parts.meter("errors", 1, self._queue.name)
            LOGGER.warning(
                "nothing can be received from %s, which is tried again in %.1f s: %s",
                self._queue.name,
                seconds,
                error,
            )
            self._stopping.wait(seconds)
            return []
        self._backoff.reset()
        parts.polls.answered(self._queue.url)
        parts.meter("received", len(found), self._queue.name)
        if not found and self._found_nothing is not None:
            self._found_nothing()
        return found

    def _dispatch(self, batch: list[Held]) -> None:
        for lane in self._lanes.of(batch):
            if self._parts.holding.add(lane):
                self._slots.submit(lane)
            else:
                self._parts.give_back(lane)
