"""Batches whose messages are handled at the same time, or that fail as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import MessagingError
from .handlers import group_of
from .running import is_coroutine_function

if TYPE_CHECKING:
    from ..protocols import LambdaContext
    from .handlers import Failed, SqsHandler

F = TypeVar("F", bound=Callable[..., Any])

Lane = list[tuple[int, Mapping[str, Any]]]
"""Records, with their places in the batch, that are handled one after the other."""


class BatchFailedError(MessagingError):
    """All messages of a batch have failed: an outage, likely, that Lambda's errors are to show."""

    def __init__(self, consumer: str, errors: Sequence[Exception]) -> None:
        super().__init__(consumer, errors)
        self.consumer = consumer
        """Whose batch it is."""
        self.errors = list(errors)
        """Why each has failed, in the order of the batch; what follows another in a FIFO group
        hasn't run, and has none."""

    def __str__(self) -> str:
        first = self.errors[0]
        return (
            f"`{self.consumer}` failed with the whole batch, "
            f"at first with {type(first).__name__}: {first}"
        )


class Batch:
    """How a function wants its batches."""

    __slots__ = ("concurrency", "raise_if_all_failed")

    def __init__(self, *, concurrency: int, raise_if_all_failed: bool) -> None:
        self.concurrency = concurrency
        self.raise_if_all_failed = raise_if_all_failed


def batch(
    *, concurrency: int = 1, raise_if_all_failed: bool = False
) -> Callable[[F], F]:
    """Decorate a handler's function, under its `handler` decorator: how it wants its batches.

    `concurrency` is how many messages of a batch are handled at a time: by a coroutine function in
    one event loop, by another one in threads, each with a copy of the context variables. The
    messages of a FIFO group go one after the other. With `raise_if_all_failed` an invocation in
    which nothing succeeds is an error, which Lambda counts and slows down for; the messages come
    again as they would anyway.
    """
    if concurrency < 1:
        text = f"`concurrency` is at least 1, not {concurrency}"
        raise ValueError(text)
    settings = Batch(concurrency=concurrency, raise_if_all_failed=raise_if_all_failed)

    def decorate(function: F) -> F:
        function.__batch__ = settings  # type: ignore[attr-defined]
        return function

    return decorate


def handle(
    handler: SqsHandler[Any, Any],
    settings: Batch,
    records: Sequence[Mapping[str, Any]],
    context: LambdaContext | None,
    failed: Failed,
) -> None:
    """Handle a batch as its function wants it; note what fails."""
    if settings.concurrency == 1:
        handler.one_by_one([*enumerate(records)], context, failed)
    else:
        _at_once(
            handler, settings.concurrency, _lanes(handler, records), context, failed
        )
    if settings.raise_if_all_failed and records and len(failed) == len(records):
        errors = [error for _, error in sorted(failed.items()) if error is not None]
        raise BatchFailedError(handler.consumer, errors)


def _lanes(
    handler: SqsHandler[Any, Any], records: Sequence[Mapping[str, Any]]
) -> list[Lane]:
    """Return what is handled one after the other: the records of a FIFO group, or one alone."""
    groups: dict[str | None, Lane] = {}
    alone: list[Lane] = []
    for place, record in enumerate(records):
        if handler.is_ordered(record):
            groups.setdefault(group_of(record), []).append((place, record))
        else:
            alone.append([(place, record)])
    return [*groups.values(), *alone]


def _at_once(
    handler: SqsHandler[Any, Any],
    concurrency: int,
    lanes: list[Lane],
    context: LambdaContext | None,
    failed: Failed,
) -> None:
    if is_coroutine_function(handler.fn):
        from .loops import run

        run(_in_loop(handler, concurrency, lanes, context, failed), handler.__name__)
        return
    from concurrent.futures import ThreadPoolExecutor
    from contextvars import copy_context

    with ThreadPoolExecutor(concurrency) as pool:
        running = [
            pool.submit(copy_context().run, handler.one_by_one, lane, context, failed)
            for lane in lanes
        ]
    for each in running:
        each.result()


async def _in_loop(
    handler: SqsHandler[Any, Any],
    concurrency: int,
    lanes: list[Lane],
    context: LambdaContext | None,
    failed: Failed,
) -> None:
    import asyncio

    room = asyncio.Semaphore(concurrency)

    async def run(lane: Lane) -> None:
        async with room:
            await handler.awaited(lane, context, failed)

    results = await asyncio.gather(*map(run, lanes), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
