"""An event loop for handlers that are coroutines: one a thread, kept from message to message.

What a coroutine has connected to stays so from one invocation to the next, as with clients of boto3.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextvars import copy_context
from os import getpid
from threading import local
from weakref import finalize


class _Loops(local):
    """The event loop of this thread; after a fork a new one, since the parent has the old."""

    def __init__(self) -> None:
        self.of_process: dict[int, _Loop] = {}


class _Loop:
    """What lives as long as its thread, whose end closes the loop."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()
        finalize(self, _close, self.runner, getpid())


_LOOPS = _Loops()


def run(awaitable: Awaitable[object], name: str) -> object:
    """Await what the function of this name returned, in a copy of the context variables.

    A task that it starts and doesn't wait for isn't waited for here either. Raises `RuntimeError`
    inside a running event loop, and if the awaitable is cancelled.
    """
    if _inside_a_loop():
        getattr(awaitable, "close", lambda: None)()
        message = (
            f"`{name}` can't be awaited here, inside a running event loop: "
            "call the handler in a thread, `await asyncio.to_thread(handler, event)`"
        )
        raise RuntimeError(message)
    loop = _LOOPS.of_process.get(getpid())
    if loop is None:
        loop = _LOOPS.of_process[getpid()] = _Loop()
    try:
        return loop.runner.run(_awaited(awaitable), context=copy_context())
    except asyncio.CancelledError as error:
        # No Exception: as it is, it would stop the whole batch.
        message = f"`{name}` was cancelled"
        raise RuntimeError(message) from error


async def _awaited(awaitable: Awaitable[object]) -> object:
    return await awaitable


def _inside_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _close(runner: asyncio.Runner, process: int) -> None:
    if process == getpid():
        runner.close()
