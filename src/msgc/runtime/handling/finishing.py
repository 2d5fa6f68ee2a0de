"""What a handler's function returned: run to its end, or refused."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Awaitable, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import partial
from itertools import starmap
from types import FunctionType, MethodType
from typing import Any, cast

from .running import name_of

_UNFINISHED = (
    Awaitable, Generator, AsyncGenerator, map, filter, starmap, FunctionType, MethodType, partial,
)  # fmt: skip
_MANAGERS = {AbstractContextManager, AbstractAsyncContextManager}


def finish(function: object, result: Any) -> None:
    """Run to its end what a function returned; raises `TypeError` if that can't be done.

    An awaitable is awaited in this thread's event loop, which stays from message to message, and a
    future of `concurrent.futures` is waited for.
    """
    while result is not None:
        futures: Any = sys.modules.get("concurrent.futures")
        if isinstance(result, Awaitable):
            from .loops import run  # 30 ms with asyncio, for those that need it

            result = run(cast("Awaitable[object]", result), name_of(function))
        elif futures and isinstance(result, futures.Future):
            result = result.result()
        else:
            refuse_unfinished(function, result)
            return


def refuse_unfinished(function: object, result: object) -> None:
    """Raise `TypeError` if what a function returned shows that it hasn't run."""
    kind = type(result)
    # A context manager by its base: a mock, which has run, has all of the methods.
    if issubclass(kind, _UNFINISHED) or not _MANAGERS.isdisjoint(kind.__mro__):
        message = f"`{name_of(function)}` hasn't run: it returned a {kind.__name__}"
        raise TypeError(message)
