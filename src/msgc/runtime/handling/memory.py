"""A store of handled messages in memory: for tests, and for a worker that is alone."""

from __future__ import annotations

import time
from _thread import allocate_lock
from collections.abc import Callable

from .idempotency import InProgressError


class InMemoryStore:
    """Remembers in this process which messages were handled; threads may share it."""

    def __init__(
        self,
        *,
        expires: float = 86_400,
        in_progress: float = 900,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep what was handled for `expires` seconds, and a claim for `in_progress`."""
        self._expires = expires
        self._in_progress = in_progress
        self._clock = clock
        self._lock = allocate_lock()
        self._kept: dict[str, tuple[bool, float]] = {}
        """Whether it is done, and until when that counts."""

    def begin(self, key: str) -> bool:
        """Claim a message; False if it was handled before."""
        now = self._clock()
        with self._lock:
            done, until = self._kept.get(key, (False, 0.0))
            if until > now and done:
                return False
            if until > now:
                raise InProgressError(key)
            self._forget(now)
            self._kept[key] = (False, now + self._in_progress)
        return True

    def done(self, key: str) -> None:
        """Remember that the message was handled."""
        with self._lock:
            self._kept[key] = (True, self._clock() + self._expires)

    def abandon(self, key: str) -> None:
        """Give the claim back: handling failed."""
        with self._lock:
            self._kept.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    @property
    def keys(self) -> list[str]:
        """What was handled, in the order in which it began."""
        return [key for key, (done, _) in self._kept.items() if done]

    def _forget(self, now: float) -> None:
        """Drop what counts no more, from the oldest on: all live equally long, or nearly."""
        for key in [*self._kept][:2]:
            if self._kept[key][1] <= now:
                del self._kept[key]
