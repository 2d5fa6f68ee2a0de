"""Handles messages one after the other: those of a FIFO group, or one alone."""

from __future__ import annotations

import time
from asyncio import CancelledError, to_thread
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..handling.handlers import group_of
from ..handling.reports import held_back, is_settled
from ..handling.verdicts import DeadLetter
from .deleting import Deleter
from .health import Meter
from .heartbeat import Heartbeat
from .held import Held, Holding

if TYPE_CHECKING:
    from ..handling.workers import WorkerHandler

Lane = list[Held]


class Lanes:
    """Lets a handler handle messages; what becomes of each is up to how that ends."""

    def __init__(
        self,
        handler: WorkerHandler[Any, Any],
        holding: Holding,
        heartbeat: Heartbeat,
        deleter: Deleter,
        meter: Meter,
    ) -> None:
        self._handler = handler
        self._holding = holding
        self._heartbeat = heartbeat
        self._deleter = deleter
        self._meter = meter

    def of(self, batch: Sequence[Held]) -> list[Lane]:
        """Return what is handled one after the other."""
        groups: dict[str | None, Lane] = {}
        alone: list[Lane] = []
        for held in batch:
            if self._handler.is_ordered(held.record):
                groups.setdefault(group_of(held.record), []).append(held)
            else:
                alone.append([held])
        return [*groups.values(), *alone]

    def run(self, lane: Lane) -> None:
        """Handle messages by a function."""
        for place, held in enumerate(lane):
            if not self._begin(lane, place):
                return
            began = time.monotonic()
            try:
                self._handler.record(held.record)
            except Exception as error:  # noqa: BLE001  # a handler may raise anything
                if not self._failed(lane, place, error, began):
                    return
            else:
                self._succeeded(held, began)

    async def run_awaited(self, lane: Lane) -> None:
        """Handle messages by a coroutine function."""
        for place, held in enumerate(lane):
            if not self._begin(lane, place):
                return
            began = time.monotonic()
            try:
                await self._handler.record_awaited(held.record)
            except (Exception, CancelledError) as raised:  # noqa: BLE001  # a handler may raise anything
                error = raised
                if not isinstance(error, Exception):
                    error = RuntimeError(f"`{self._handler.__name__}` was cancelled")
                if not await to_thread(self._failed, lane, place, error, began):
                    return
            else:
                self._succeeded(held, began)

    def _begin(self, lane: Lane, place: int) -> bool:
        """Begin with a message; if it isn't ours any more, neither is what follows it."""
        if self._holding.begin(lane[place]):
            return True
        rest = lane[place:]
        if lane[place].expires <= time.monotonic():
            self._meter("expired", len(rest), lane[place].queue.name)
        self._holding.remove(rest)
        return False

    def _succeeded(self, held: Held, began: float) -> None:
        self._deleter.add(held)
        self._meter("succeeded", 1, held.queue.name)
        self._meter("seconds", time.monotonic() - began, held.queue.name)

    def _failed(self, lane: Lane, place: int, error: Exception, began: float) -> bool:
        """Do what a failure asks for; whether what follows may run: it is settled, then."""
        held, rest = lane[place], lane[place + 1 :]
        self._meter("failed", 1, held.queue.name)
        self._meter("seconds", time.monotonic() - began, held.queue.name)
        if not isinstance(error, DeadLetter):
            self._heartbeat.forget([held, *rest])
        if is_settled(self._handler, held.record, error):
            self._deleter.add(held)
            return True
        self._heartbeat.forget([held, *rest])
        for each in rest:
            held_back(each.record, error)
        self._meter("held_back", len(rest), held.queue.name)
        return False
