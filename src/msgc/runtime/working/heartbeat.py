"""Keeps messages invisible as long as a worker holds them."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from threading import Event, Lock

from .health import LOGGER, Meter
from .held import Held, Holding
from .queues import by_queue, is_lost


class Heartbeat:
    """Puts off when messages become visible again, each after a third of its time."""

    def __init__(self, holding: Holding, meter: Meter) -> None:
        self._holding = holding
        self._meter = meter
        self._calling = Lock()
        self._ended = Event()

    def run(self, every: float) -> None:
        """Do so until `end` is called, looking every so many seconds."""
        while not self._ended.wait(every):
            self.beat()

    def end(self) -> None:
        """Put off no more."""
        self._ended.set()

    def beat(self) -> None:
        """Put off what has to be."""
        with self._calling:
            for queue, some in by_queue(
                self._holding.to_extend(time.monotonic())
            ).items():
                now = time.monotonic()
                failed = {id(held): why for held, why in queue.extend(some)}
                for held in some:
                    if id(held) not in failed:
                        held.extended(now)
                self._meter("extended", len(some) - len(failed), queue.name)
                self._failed([(h, failed[id(h)]) for h in some if id(h) in failed])

    def forget(self, some: Sequence[Held]) -> None:
        """Hold messages no longer: when this returns, no call about them is under way."""
        self._holding.remove(some)
        with self._calling:
            pass

    def _failed(self, some: Sequence[tuple[Held, object]]) -> None:
        for held, why in some:
            if is_lost(why):
                held.extend_at = math.inf
            if held.handled or not self._holding.has(held):
                continue  # it was deleted meanwhile, and so no failure
            self._meter("errors", 1, held.queue.name)
            LOGGER.warning(
                "message %s can't be kept invisible: %s",
                held.record["messageId"],
                why,
            )
