"""What is done around a handler's function: hooks, correlation, traces, and being the only one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .handlers import HOOKS
from .incoming import Incoming, MessageContext
from .running import Result, caller_of, checked, is_coroutine_function

if TYPE_CHECKING:
    from .protocols import Surrounded

M = TypeVar("M")

Hook = Callable[[Any, MessageContext], AbstractContextManager[object]]
"""Given a message and its context, what is entered before the function and left after it."""

H = TypeVar("H", bound=Hook)


def around_handlers(hook: H) -> H:
    """Let a hook be around the functions of all handlers of this process; return it.

    It is a function of a message and its context that `contextlib.contextmanager` decorates, say:
    before its `yield` nothing has run, and there it sees what the function raises.
    """
    HOOKS.append(hook)
    return hook


def no_more_around_handlers(hook: Hook) -> None:
    """Take a hook away that `around_handlers` was given."""
    HOOKS.remove(hook)


def around(
    *hooks: Hook,
) -> Callable[
    [Callable[[M, MessageContext], Result]], Callable[[M, MessageContext], Result]
]:
    """Decorate a handler's function, under its `handler` decorator, with hooks of its own."""

    def decorate(
        fn: Callable[[M, MessageContext], Result],
    ) -> Callable[[M, MessageContext], Result]:
        call = caller_of(checked(fn))

        @wraps(fn)
        def hooked(message: M, context: MessageContext) -> None:
            from .finishing import finish

            with _entered(hooks, message, context):
                finish(fn, call(message, context))

        @wraps(fn)
        async def hooked_awaited(message: M, context: MessageContext) -> None:
            from .finishing import refuse_unfinished

            with _entered(hooks, message, context):
                refuse_unfinished(fn, await cast("Any", call(message, context)))

        made = hooked_awaited if is_coroutine_function(fn) else hooked
        return cast("Callable[[M, MessageContext], Result]", made)

    return decorate


@contextmanager
def surrounded(
    handler: Surrounded, incoming: Incoming, message: object
) -> Generator[bool, None, None]:
    """Do everything that is around a function; whether it is to run: not if it did before."""
    context = incoming.context
    with ExitStack() as stack:
        if context.correlation_id is not None:
            from ..correlation import handling

            stack.enter_context(handling(context.correlation_id))
        if "opentelemetry.trace" in sys.modules:
            from .spans import processing

            stack.enter_context(processing(handler, context))
        for hook in HOOKS:
            stack.enter_context(hook(message, context))
        if handler.once is None:
            yield True
        else:
            with handler.once.claim(message, incoming) as claim:
                yield claim.is_new


@contextmanager
def _entered(
    hooks: tuple[Hook, ...], message: object, context: MessageContext
) -> Generator[None, None, None]:
    with ExitStack() as stack:
        for hook in hooks:
            stack.enter_context(hook(message, context))
        yield
