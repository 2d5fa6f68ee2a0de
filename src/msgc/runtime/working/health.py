"""What a worker tells of itself: its health, and what is measured."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .protocols import Measure, Metric

LOGGER = logging.getLogger(__name__.rpartition(".")[0])
_LATE = 40.0
"""Seconds after which an answer is late; one that waits for messages has its time on top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a worker is."""

    last_poll: datetime | None
    """When SQS last answered; of several queues, the one that is longest ago."""
    running: int
    """Messages that a handler has begun with, or that wait to be deleted."""
    waiting: int
    """Messages that are received, and wait for a handler."""
    stopping: bool
    is_alive: bool
    """Whether SQS answers, or there is so much to do that nobody asks it."""


class Polls:
    """When each queue answered."""

    def __init__(self, names: list[str], wait: int) -> None:
        self._began = time.time()
        self._last = dict.fromkeys(names, 0.0)
        self._late = wait + _LATE

    def answered(self, name: str) -> None:
        """Note that a queue has answered now."""
        self._last[name] = time.time()

    @property
    def last(self) -> datetime | None:
        """When the queue answered that is silent for the longest time."""
        oldest = min(self._last.values())
        return datetime.fromtimestamp(oldest, UTC) if oldest else None

    @property
    def is_late(self) -> bool:
        """Whether a queue should have answered by now."""
        oldest = min(self._last.values()) or self._began
        return time.time() - oldest > self._late


class Meter:
    """Tells what is measured; that it can't is logged once, and no message fails of it."""

    def __init__(self, measure: Measure | None) -> None:
        self._measure = measure

    def __call__(self, metric: Metric, value: float, queue: str) -> None:
        """Tell of something that happened."""
        measure = self._measure
        if measure is None or not value:
            return
        try:
            measure(metric, value, queue)
        except Exception:
            self._measure = None
            LOGGER.exception("`measure` failed, and isn't called again")


def touch(path: Path) -> None:
    """Set a file's time to now."""
    try:
        path.touch()
    except OSError as error:
        LOGGER.warning("the worker's health can't be shown: %s", error)
