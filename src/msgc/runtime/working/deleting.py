"""Deletes what was handled, several messages a call, and again where AWS fails."""

from __future__ import annotations

import time
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Event

from .backoff import Backoff
from .health import LOGGER, Meter
from .held import Held, Holding
from .queues import by_queue, is_lost

_TRIES = 8
_GATHERING = 0.02
"""Seconds in which others may be handled, to be deleted by the same call."""


class Deleter:
    """Deletes messages in a thread of its own; they are held until they are gone."""

    def __init__(self, holding: Holding, meter: Meter) -> None:
        self._holding = holding
        self._meter = meter
        self._handled: SimpleQueue[Held | None] = SimpleQueue()
        self._hurry = Event()

    def add(self, held: Held) -> None:
        """Delete a message soon."""
        held.handled = True
        self._handled.put(held)

    def end(self) -> None:
        """Delete what has been handled so far, without waiting for better times."""
        self._hurry.set()
        self._handled.put(None)

    def run(self) -> None:
        """Delete messages until `end` is called."""
        while (first := self._handled.get()) is not None:
            time.sleep(_GATHERING)
            some, is_last = [first], False
            while not is_last and len(some) < 100:
                try:
                    more = self._handled.get_nowait()
                except Empty:
                    break
                is_last = more is None
                some += [] if more is None else [more]
            for part in by_queue(some).values():
                self._delete(part)
            if is_last:
                return

    def _delete(self, some: Sequence[Held]) -> None:
        """Delete messages of one queue."""
        queue, left, backoff = some[0].queue, list(some), Backoff(0.1, 5.0)
        why: object = None
        for _ in range(_TRIES):
            failed = queue.delete(left)
            again = [held for held, why in failed if not is_lost(why)]
            lost = [(held, why) for held, why in failed if is_lost(why)]
            self._gone(left, failed)
            self._report(lost)
            if not again:
                return
            left, why = again, failed[0][1]
            self._meter("errors", 1, queue.name)
            self._hurry.wait(backoff.next())
        self._report([(held, why) for held in left])

    def _gone(
        self, some: Sequence[Held], failed: Sequence[tuple[Held, object]]
    ) -> None:
        kept = {id(held) for held, _ in failed}
        gone = [held for held in some if id(held) not in kept]
        self._holding.remove(gone)
        if gone:
            self._meter("deleted", len(gone), gone[0].queue.name)

    def _report(self, some: Sequence[tuple[Held, object]]) -> None:
        """Say what comes again although it was handled, and hold it no longer."""
        for held, why in some:
            LOGGER.error(
                "message %s was handled and can't be deleted, so it comes again: %s",
                held.record["messageId"],
                why,
            )
        self._holding.remove([held for held, _ in some])
