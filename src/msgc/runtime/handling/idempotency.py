"""Handling a message once, although it may come twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import Any, Protocol, Self, TypeVar, cast

from ..codec.objects import whole_of
from .finishing import finish, refuse_unfinished
from .incoming import Incoming, MessageContext
from .running import Result, caller_of, checked, is_coroutine_function
from .verdicts import Verdict

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


IN_MEMORY: ContextVar[Idempotency | None] = ContextVar("IN_MEMORY", default=None)
"""The store of a fake that is delivering: tests need no table."""


class InProgressError(Verdict):
    """A message that somebody else is handling at the moment: it comes again."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
        """What the store knows it by."""

    def __str__(self) -> str:
        return f"`{self.key}` is being handled somewhere else at the moment"


class Once:
    """How a consumer remembers which messages it has handled: where, and by which fields."""

    def __init__(
        self, store: Idempotency, fields: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self._made_with = self.store = store
        """A test may put another one here: `InMemoryStore()`. While a fake delivers, its own
        stands in for the one from the beginning."""
        self.fields = fields or {}
        """By its class the field that tells a message from others; else its id does."""

    def claim(self, message: object, incoming: Incoming) -> _Claim:
        """Return the claim of a message, to be entered before it is handled."""
        path = None
        if self.fields:
            path = self.fields.get(whole_of(type(message)).__name__)
        store = self.store
        if store is self._made_with:
            store = IN_MEMORY.get() or store
        return _Claim(store, _claim(_by(incoming, path), message, incoming.context))


def _by(
    incoming: Incoming, path: tuple[str, ...] | None
) -> Callable[[Any, MessageContext], str]:
    """Return the key by a field of the payload; one that isn't there is the message's id."""
    value = _at(incoming.body, path) if path else None
    text = "" if value is None else str(value)
    return (lambda _message, _context: text) if text else by_message_id


def _at(body: Any, path: tuple[str, ...]) -> Any:
    value: Any = body
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    return value  # pyright: ignore[reportUnknownVariableType]


def by_message_id(_message: object, context: MessageContext) -> str:
    """Return the deduplication id if there is one, else the message's id.

    Of a CloudEvent these are its source and id, which are the same when it is published again.
    """
    if context.cloud_event is not None:
        return f"{context.cloud_event.source}#{context.cloud_event.id}"
    return context.deduplication_id or context.message_id


def idempotent(
    store: Idempotency, key: Callable[[Any, MessageContext], str] = by_message_id
) -> Callable[
    [Callable[[M, MessageContext], Result]], Callable[[M, MessageContext], Result]
]:
    """Decorate a handler's function, under its `handler` decorator, to run once a message.

    What the store is asked for begins with the service, its consumer and the type of the message,
    `checkout/invoicing#OrderPlaced#o-1`: consumers may share a store. Raises `ValueError` for a
    message of which the consumer or the key isn't known.
    """

    def decorate(
        fn: Callable[[M, MessageContext], Result],
    ) -> Callable[[M, MessageContext], Result]:
        call = caller_of(checked(fn))

        @wraps(fn)
        def once(message: M, context: MessageContext) -> None:
            with _Claim(store, _claim(key, message, context)) as claim:
                if claim.is_new:
                    finish(fn, call(message, context))

        @wraps(fn)
        async def once_awaited(message: M, context: MessageContext) -> None:
            with _Claim(store, _claim(key, message, context)) as claim:
                if claim.is_new:
                    awaitable = cast("Awaitable[object]", call(message, context))
                    refuse_unfinished(fn, await awaitable)

        made = once_awaited if is_coroutine_function(fn) else once
        return cast("Callable[[M, MessageContext], Result]", made)

    return decorate


class _Claim:
    """What a store knows of a message while it is handled."""

    def __init__(self, store: Idempotency, key: str) -> None:
        self._store = store
        self._key = key
        self.is_new = False

    def __enter__(self) -> Self:
        self.is_new = self._store.begin(self._key)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if not self.is_new:
            return
        if kind is None:
            self._store.done(self._key)
        else:
            self._store.abandon(self._key)


def _claim(
    key: Callable[[Any, MessageContext], str], message: Any, context: MessageContext
) -> str:
    """Return what is claimed: no other consumer's, no other service's, and of no other type."""
    own = key(message, context)
    if not own or not context.consumer:
        missing = (
            "the message's key" if context.consumer else "the context's `consumer`"
        )
        text = f"{missing} is empty, by which the message would be told from others"
        raise ValueError(text)
    type_ = getattr(message, "__type__", None) or getattr(message, "type", None) or ""
    consumer = (
        f"{context.service}/{context.consumer}" if context.service else context.consumer
    )
    return f"{consumer}#{type_}#{own}"
