"""Where received messages wait until a loop asks for the next one."""

from __future__ import annotations

from collections import deque
from threading import Condition

from .held import Holding
from .lanes import Lane


class Inbox:
    """Lanes, of each of which one message at a time is taken; several threads may do so."""

    def __init__(self, concurrency: int, holding: Holding) -> None:
        self._concurrency = concurrency
        self._holding = holding
        self._lanes: deque[tuple[Lane, int]] = deque()
        self._taken = 0
        self._is_over = False
        self._changed = Condition()  # which a signal's handler may enter again

    def submit(self, lane: Lane) -> None:
        """Let somebody take what is in a lane, one message after the other."""
        with self._changed:
            if not self._is_over:
                self._lanes.append((lane, 0))
                self._changed.notify_all()
                return
        self._holding.lane_ended()

    def take(self) -> tuple[Lane, int] | None:
        """Wait for the next message; return its lane and place, or None when all is over.

        Raises `RuntimeError` if it would wait for the message that the caller itself has.
        """
        with self._changed:
            if self._taken == self._concurrency == 1 and not self._is_over:
                message = (
                    "the message before this one isn't finished: write "
                    "`with received as message:`, or call `received.done()`"
                )
                raise RuntimeError(message)
            self._changed.wait_for(
                lambda: (
                    self._is_over or (self._lanes and self._taken < self._concurrency)
                )
            )
            if self._is_over:
                return None
            self._taken += 1
            return self._lanes.popleft()

    def finished(self, lane: Lane, place: int, *, goes_on: bool) -> None:
        """Note what was taken as finished; whether the rest of its lane may be taken, too."""
        with self._changed:
            self._taken -= 1
            goes_on = goes_on and place + 1 < len(lane) and not self._is_over
            if goes_on:
                self._lanes.appendleft((lane, place + 1))
            self._changed.notify_all()
        if not goes_on:
            self._holding.lane_ended()

    def end(self) -> None:
        """Let nothing more be taken."""
        with self._changed:
            self._is_over = True
            left = len(self._lanes)
            self._lanes.clear()
            self._changed.notify_all()
        for _ in range(left):
            self._holding.lane_ended()
