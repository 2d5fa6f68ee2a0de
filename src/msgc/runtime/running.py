"""A handler's function: which ones are taken, and how one is run to its end.

A message is acknowledged when its function has run. Calling a coroutine function or a generator
function runs nothing of it, so the one is awaited here, and the other refused.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import partial
from itertools import starmap
from types import FunctionType, MethodType
from typing import Any, TypeVar, cast

Result = TypeVar("Result", bound="Awaitable[None] | None")
"""What a handler's function returns: nothing, or what has to be awaited first."""

F = TypeVar("F")

_UNFINISHED = (
    Awaitable, Generator, AsyncGenerator, map, filter, starmap, FunctionType, MethodType, partial,
)  # fmt: skip
_COROUTINE, _GENERATORS = 0x80, 0x20 | 0x200
"""`CO_COROUTINE`, `CO_GENERATOR` and `CO_ASYNC_GENERATOR` of `inspect`, which takes 9 ms to import."""
_MANAGERS = {AbstractContextManager, AbstractAsyncContextManager}


def checked(function: F) -> F:
    """Return a handler's function; raises `TypeError` if calling it wouldn't run it."""
    name = name_of(function)
    if isinstance(function, type):
        message = f"`{name}` is a class: calling it only makes an instance"
        raise TypeError(message)
    if not callable(function):
        message = f"`{name}` is no function of a message and its context"
        raise TypeError(message)
    called = _called(function)
    if _is_written(called, _GENERATORS):
        message = f"`{name}` is a generator function: calling it runs nothing of it"
        raise TypeError(message)
    return function


def is_coroutine_function(function: Callable[..., Any]) -> bool:
    """Whether a function is written with `async def`, as far as it shows."""
    return _is_written(_called(function), _COROUTINE)


def _is_written(function: object, flags: int) -> bool:
    """Whether a function's code has one of some flags."""
    return isinstance(function, FunctionType) and bool(
        function.__code__.co_flags & flags
    )


def name_of(function: Any) -> str:
    """Return what to call a function, a method, a partial or an object."""
    if isinstance(function, partial):
        return name_of(_called(function))
    name: str = getattr(function, "__name__", type(function).__name__)
    return name


def caller_of(function: Callable[..., object]) -> Callable[[Any, Any], object]:
    """Return how a function is called with a message and its context: in this order.

    Powertools' `idempotent_function` wants one argument by its name, which its own parameter
    `data_keyword_argument` says: then both go by the names that the function has for them.
    """
    of_powertools = (
        isinstance(function, FunctionType)
        and "data_keyword_argument" in function.__code__.co_freevars
    )
    if not of_powertools:
        return function
    from inspect import signature

    names = list(signature(function).parameters)

    def by_name(*arguments: Any) -> object:
        return function(**dict(zip(names, arguments, strict=False)))

    return by_name


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


def _called(function: Any) -> Any:
    """Return the function that is run when something is called."""
    while not isinstance(function, FunctionType):
        if isinstance(function, partial):
            function = function.func  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        elif isinstance(function, MethodType | staticmethod):
            function = function.__func__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        else:
            of_class: Any = type(function).__call__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            return of_class if isinstance(of_class, FunctionType) else function
    return function
