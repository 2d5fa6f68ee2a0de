"""Where lanes run, so many at a time: in threads, or in an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context, copy_context
from queue import SimpleQueue
from threading import Thread
from typing import Protocol

from .lanes import HandledLanes, Lane

Ended = Callable[[Lane, BaseException | None], None]
"""Called when a lane has ended, with what was raised that is no `Exception`."""


class Slots(Protocol):
    """Takes lanes and runs them."""

    def submit(self, lane: Lane) -> None:
        """Run a lane as soon as there is room."""
        ...

    def end(self) -> None:
        """Run no more."""
        ...


class Threads:
    """Runs lanes in threads, which end with the process: what hangs in one holds nothing up."""

    def __init__(self, concurrency: int, lanes: HandledLanes, ended: Ended) -> None:
        self._lanes = lanes
        self._ended = ended
        self._context = copy_context()
        self._todo: SimpleQueue[Lane | None] = SimpleQueue()
        self._concurrency = concurrency
        for number in range(concurrency):
            start(self._work, f"handler-{number}")

    def submit(self, lane: Lane) -> None:
        """Run a lane in the first thread that is free."""
        self._todo.put(lane)

    def end(self) -> None:
        """Let the threads end that have nothing to do."""
        for _ in range(self._concurrency):
            self._todo.put(None)

    def _work(self) -> None:
        while (lane := self._todo.get()) is not None:
            raised: BaseException | None = None
            try:
                self._context.copy().run(self._lanes.run, lane)
            except BaseException as error:  # noqa: BLE001  # the worker ends with it
                raised = error
            self._ended(lane, raised)


class Coroutines:
    """Runs lanes in the event loop of a thread."""

    def __init__(self, concurrency: int, lanes: HandledLanes, ended: Ended) -> None:
        self._lanes = lanes
        self._ended = ended
        self._context: Context = copy_context()
        self._room = asyncio.Semaphore(concurrency)
        self._running: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        start(self._run_loop, "handlers")

    def submit(self, lane: Lane) -> None:
        """Run a lane in the loop."""
        self._loop.call_soon_threadsafe(self._begin, lane)

    def end(self) -> None:
        """Stop the loop."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _begin(self, lane: Lane) -> None:
        task = self._loop.create_task(self._run(lane), context=self._context.copy())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def _run_loop(self) -> None:
        self._loop.run_forever()
        if (
            not self._running
        ):  # what was cut off would complain of a loop that is closed
            self._loop.close()

    async def _run(self, lane: Lane) -> None:
        raised: BaseException | None = None
        try:
            async with self._room:
                await self._lanes.run_awaited(lane)
        except BaseException as error:  # noqa: BLE001  # the worker ends with it
            raised = error
        self._ended(lane, raised)


def start(target: Callable[[], None], name: str) -> Thread:
    """Run something in a thread that ends with the process."""
    thread = Thread(target=target, name=f"worker-{name}", daemon=True)
    thread.start()
    return thread
