"""What the threads share that receive messages, hold them and delete them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from threading import Thread

from .deleting import Deleter
from .health import LOGGER, Health, Meter, Polls
from .heartbeat import Heartbeat
from .held import Held, Holding
from .queues import WorkedQueue, by_queue
from .settings import Pace
from .slots import start

Stop = Callable[[BaseException | None], object]
"""Lets everything come to its end, because of an error if there is one; signals call it, too."""


class Parts:
    """What is held, what is done to it, and where errors go."""

    def __init__(
        self, settings: Pace, queues: Iterable[WorkedQueue], stop: Stop
    ) -> None:
        self.settings = settings
        self.holding = Holding()
        self.meter = Meter(settings.measure)
        self.polls = Polls([queue.url for queue in queues], settings.wait)
        self.heartbeat = Heartbeat(self.holding, self.meter)
        self.deleter = Deleter(self.holding, self.meter)
        self.stop = stop

    def health(self, *, stopping: bool) -> Health:
        """Return how everything is at the moment."""
        running, waiting, lanes = self.holding.counts()
        is_full = lanes >= self.settings.concurrency
        return Health(
            last_poll=self.polls.last,
            running=running,
            waiting=waiting,
            stopping=stopping,
            is_alive=is_full or not self.polls.is_late,
        )

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
        """Run something in a thread; everything stops with what that raises."""

        def run() -> None:
            try:
                target()
            except BaseException as error:  # noqa: BLE001  # whoever stops raises it
                self.stop(error)

        return start(run, name)
