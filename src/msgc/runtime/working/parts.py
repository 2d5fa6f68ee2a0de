"""What the threads of a worker share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from threading import Thread
from typing import Any

from ..handling.running import is_coroutine_function
from ..handling.workers import WorkerHandler
from .deleting import Deleter
from .health import LOGGER, Meter, Polls
from .heartbeat import Heartbeat
from .held import Held, Holding
from .lanes import Lane, Lanes
from .queues import WorkedQueue, by_queue
from .settings import Settings
from .slots import Coroutines, Slots, Threads, start


class Parts:
    """What is held, what is done to it, and where errors go."""

    def __init__(
        self,
        handler: WorkerHandler[Any, Any],
        settings: Settings,
        queues: Iterable[WorkedQueue],
    ) -> None:
        self.settings = settings
        self.holding = Holding()
        self.meter = Meter(settings.measure)
        self.polls = Polls([queue.url for queue in queues], settings.wait)
        self.heartbeat = Heartbeat(self.holding, self.meter)
        self.deleter = Deleter(self.holding, self.meter)
        self.lanes = Lanes(
            handler, self.holding, self.heartbeat, self.deleter, self.meter
        )
        self.stops: SimpleQueue[BaseException | None] = SimpleQueue()
        """Why the worker is to stop; a signal's handler may put something, too."""
        self._is_awaited = is_coroutine_function(handler.fn)

    def slots(self) -> Slots:
        """Return where lanes run, with the context variables of the caller."""
        kind = Coroutines if self._is_awaited else Threads
        return kind(self.settings.concurrency, self.lanes, self._ended)

    def give_back(self, some: Iterable[Held]) -> None:
        """Let others have messages at once that aren't held any longer."""
        for queue, those in by_queue(some).items():
            self.heartbeat.forget(those)
            now = time.monotonic()
            part = [held for held in those if held.expires > now]
            failed = queue.release(part)
            self.meter("released", len(part) - len(failed), queue.name)
            for held, why in failed:
                LOGGER.warning(
                    "message %s can't be given back, and comes when its time is over: %s",
                    held.record["messageId"],
                    why,
                )

    def start(self, target: Callable[[], None], name: str) -> Thread:
        """Run something in a thread; the worker stops with what that raises."""

        def run() -> None:
            try:
                target()
            except BaseException as error:  # noqa: BLE001  # `run` of the worker raises it
                self.stops.put(error)

        return start(run, name)

    def _ended(self, lane: Lane, raised: BaseException | None) -> None:
        if raised is not None:
            self.give_back(self.holding.take(lane))
            self.stops.put(raised)
        self.holding.lane_ended()
