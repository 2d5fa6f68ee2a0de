"""Handles messages one after the other: those of a FIFO group, or one alone."""

from __future__ import annotations

import time
from asyncio import CancelledError, to_thread
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..handling.handlers import group_of
from ..handling.reports import held_back, is_settled
from ..handling.verdicts import DeadLetter
from .held import Held

if TYPE_CHECKING:
    from ..handling.workers import WorkerHandler
    from .parts import Parts
    from .protocols import Reads

Lane = list[Held]


class Lanes:
    """What becomes of each message of a lane is up to how handling it ends."""

    def __init__(self, reader: Reads, parts: Parts) -> None:
        self._reader = reader
        self._parts = parts

    def of(self, batch: Sequence[Held]) -> list[Lane]:
        """Return what is handled one after the other."""
        groups: dict[str | None, Lane] = {}
        alone: list[Lane] = []
        for held in batch:
            if self._reader.is_ordered(held.record):
                groups.setdefault(group_of(held.record), []).append(held)
            else:
                alone.append([held])
        return [*groups.values(), *alone]

    def begin(self, lane: Lane, place: int) -> bool:
        """Begin with a message; if it isn't ours any more, neither is what follows it."""
        holding = self._parts.holding
        if holding.begin(lane[place]):
            return True
        rest = lane[place:]
        if lane[place].expires <= time.monotonic():
            self._parts.meter("expired", len(rest), lane[place].queue.name)
        holding.remove(rest)
        return False

    def succeeded(self, held: Held, began: float) -> None:
        """Delete a message soon: it was handled."""
        self._parts.deleter.add(held)
        self._parts.meter("succeeded", 1, held.queue.name)
        self._parts.meter("seconds", time.monotonic() - began, held.queue.name)

    def failed(self, lane: Lane, place: int, error: Exception, began: float) -> bool:
        """Do what a failure asks for; whether what follows may run: it is settled, then."""
        held, rest = lane[place], lane[place + 1 :]
        meter, heartbeat = self._parts.meter, self._parts.heartbeat
        meter("failed", 1, held.queue.name)
        meter("seconds", time.monotonic() - began, held.queue.name)
        if not isinstance(error, DeadLetter):
            heartbeat.forget([held, *rest])
        if is_settled(self._reader, held.record, error):
            self._parts.deleter.add(held)
            return True
        heartbeat.forget([held, *rest])
        for each in rest:
            held_back(each.record, error)
        meter("held_back", len(rest), held.queue.name)
        return False


class HandledLanes(Lanes):
    """Lets a handler handle messages."""

    def __init__(self, handler: WorkerHandler[Any, Any], parts: Parts) -> None:
        super().__init__(handler, parts)
        self._handler = handler

    def run(self, lane: Lane) -> None:
        """Handle messages by a function."""
        for place, held in enumerate(lane):
            if not self.begin(lane, place):
                return
            began = time.monotonic()
            try:
                self._handler.record(held.record)
            except Exception as error:  # noqa: BLE001  # a handler may raise anything
                if not self.failed(lane, place, error, began):
                    return
            else:
                self.succeeded(held, began)

    async def run_awaited(self, lane: Lane) -> None:
        """Handle messages by a coroutine function."""
        for place, held in enumerate(lane):
            if not self.begin(lane, place):
                return
            began = time.monotonic()
            try:
                await self._handler.record_awaited(held.record)
            except (Exception, CancelledError) as raised:  # noqa: BLE001  # a handler may raise anything
                error = raised
                if not isinstance(error, Exception):
                    error = RuntimeError(f"`{self._handler.__name__}` was cancelled")
                if not await to_thread(self.failed, lane, place, error, began):
                    return
            else:
                self.succeeded(held, began)
