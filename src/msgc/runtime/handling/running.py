"""A handler's function: which ones are taken, and how one is called.

A message is acknowledged when its function has run. Calling a coroutine function or a generator
function runs nothing of it, so the one is awaited by `finishing`, and the other refused here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from types import FunctionType, MethodType
from typing import Any, TypeVar

Result = TypeVar("Result", bound="Awaitable[None] | None")
"""What a handler's function returns: nothing, or what has to be awaited first."""

F = TypeVar("F")

_COROUTINE, _GENERATORS, _ANY_NUMBER = 0x80, 0x20 | 0x200, 0x04
"""`CO_COROUTINE`, `CO_GENERATOR` and `CO_ASYNC_GENERATOR`, and `CO_VARARGS` of `inspect`, which takes
9 ms to import."""


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
    if not _takes_two(function):
        message = (
            f"`{name}` is no function of a message and its context, and of nothing else"
        )
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


def _takes_two(function: Any) -> bool:
    """Whether a function can be called with two arguments, as far as it shows."""
    given, by_name = 2, False
    while not isinstance(function, FunctionType):
        if isinstance(function, partial):
            given += len(function.args)
            by_name = by_name or bool(function.keywords)
        elif not isinstance(function, staticmethod):
            given += 1  # `self`
        inner = _inner(function)
        if inner is function:
            return True  # of something written in C, nothing shows
        function = inner
    code, named = function.__code__, function.__kwdefaults__ or {}
    if given > code.co_argcount and not code.co_flags & _ANY_NUMBER:
        return False
    left = code.co_argcount - len(function.__defaults__ or ())
    return by_name or (left <= given and code.co_kwonlyargcount <= len(named))


def _inner(function: Any) -> Any:
    """Return what is called when something is called: a function itself, and what doesn't show."""
    if isinstance(function, FunctionType):
        return function
    if isinstance(function, partial):
        return function.func  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if isinstance(function, MethodType | staticmethod):
        return function.__func__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    of_class: Any = type(function).__call__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return of_class if isinstance(of_class, FunctionType) else function


def _called(function: Any) -> Any:
    """Return the function that is run when something is called."""
    while (inner := _inner(function)) is not function:
        function = inner
    return function
