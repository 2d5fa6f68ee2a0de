"""Messages that a worker has received, and neither deleted nor given back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from threading import Condition
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .queues import WorkedQueue


class Held:
    """A message that nobody else gets until `expires`, unless that is put off."""

    __slots__ = (
        "expires", "extend_at", "handled", "queue", "receipt", "record", "running",
    )  # fmt: skip

    def __init__(
        self, queue: WorkedQueue, record: Mapping[str, Any], since: float
    ) -> None:
        self.queue = queue
        self.record = record
        """As Lambda would hand it over."""
        self.receipt: str = record["receiptHandle"]
        self.running = False
        """Whether a handler has begun with it."""
        self.handled = False
        """Whether it only waits to be deleted."""
        self.expires = self.extend_at = 0.0
        self.extended(since)

    def extended(self, since: float) -> None:
        """Note that it is invisible for the queue's visibility timeout from a moment on."""
        self.expires = since + self.queue.visibility
        self.extend_at = since + self.queue.visibility / 3


class Holding:
    """All messages that a worker holds; its threads share it."""

    def __init__(self) -> None:
        self._held: dict[int, Held] = {}
        self._lanes = 0
        self._closed = False
        self._changed = Condition()

    def wait_for_room(self, concurrency: int, stopped: Callable[[], bool]) -> bool:
        """Wait until less is to be done than can be at a time; False once it is over."""
        with self._changed:
            self._changed.wait_for(lambda: stopped() or self._lanes < concurrency)
        return not stopped()

    def wait_until_idle(self, deadline: float) -> bool:
        """Wait until nothing is held; False if that takes longer than to the deadline."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not self._held and not self._lanes,
                max(0.0, deadline - time.monotonic()),
            )

    def add(self, lane: Iterable[Held]) -> bool:
        """Hold messages that are handled one after the other; False once it is over."""
        with self._changed:
            if self._closed:
                return False
            self._held.update((id(held), held) for held in lane)
            self._lanes += 1
            return True

    def lane_ended(self) -> None:
        """Note that there is room for another one."""
        with self._changed:
            self._lanes -= 1
            self._changed.notify_all()

    def begin(self, held: Held) -> bool:
        """Mark a message as running; False if it isn't ours any more."""
        with self._changed:
            if id(held) not in self._held or held.expires <= time.monotonic():
                return False
            held.running = True
            return True

    def has(self, held: Held) -> bool:
        """Whether a message is held still."""
        with self._changed:
            return id(held) in self._held

    def remove(self, some: Iterable[Held]) -> None:
        """Hold messages no longer."""
        with self._changed:
            for held in some:
                self._held.pop(id(held), None)
            self._changed.notify_all()

    def close(self) -> list[Held]:
        """Hold nothing new, nor what no handler has begun with: return that."""
        with self._changed:
            self._closed = True
            return self._taken([h for h in self._held.values() if not h.running])

    def take(self, some: Iterable[Held] | None = None) -> list[Held]:
        """Hold messages no longer, or none at all; return those that weren't handled."""
        with self._changed:
            return self._taken([*self._held.values()] if some is None else some)

    def _taken(self, some: Iterable[Held]) -> list[Held]:
        found = [h for h in some if id(h) in self._held and not h.handled]
        for held in found:
            del self._held[id(held)]
        self._changed.notify_all()
        return found

    def to_extend(self, now: float) -> list[Held]:
        """Return what has to be kept invisible, as its time is running out."""
        with self._changed:
            return [held for held in self._held.values() if held.extend_at <= now]

    def counts(self) -> tuple[int, int, int]:
        """Return how many messages run, how many wait, and how many lanes there are."""
        with self._changed:
            running = sum(held.running for held in self._held.values())
            return running, len(self._held) - running, self._lanes
