"""Handling a message once, although it may come twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

from .context import MessageContext

M = TypeVar("M")


class Idempotency(Protocol):
    """Remembers which messages were handled; a table with a conditional write does it."""

    def begin(self, key: str) -> bool:
        """Claim a message; False if it was handled before.

        Raises when somebody else is handling it now: then it comes again.
        """
        ...

    def done(self, key: str) -> None:
        """Remember that the message was handled."""
        ...

    def abandon(self, key: str) -> None:
        """Give the claim back: handling failed."""
        ...


def by_message_id(_message: object, context: MessageContext) -> str:
    """Return the deduplication id if there is one, else the message's id."""
    return context.deduplication_id or context.message_id


def idempotent(
    store: Idempotency, key: Callable[[Any, MessageContext], str] = by_message_id
) -> Callable[
    [Callable[[M, MessageContext], None]], Callable[[M, MessageContext], None]
]:
    """Decorate a handler's function, under its `handler` decorator, to run once a message."""

    def decorate(
        fn: Callable[[M, MessageContext], None],
    ) -> Callable[[M, MessageContext], None]:
        @wraps(fn)
        def once(message: M, context: MessageContext) -> None:
            claim = key(message, context)
            if not store.begin(claim):
                return
            try:
                fn(message, context)
            except BaseException:
                store.abandon(claim)
                raise
            store.done(claim)

        return once

    return decorate
