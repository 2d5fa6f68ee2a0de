"""What is done around publishing: hooks of a program, and traces."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Any, TypeVar

from .publisher import HOOKS, Entry, MessageId

if TYPE_CHECKING:
    from .publisher import Publisher


class Publishing:
    """A call of a publisher, as hooks see it: before it is made, and when it has succeeded."""

    __slots__ = (
        "_publisher", "correlation_id", "many", "message_ids", "messages",
    )  # fmt: skip

    def __init__(
        self,
        publisher: Publisher[Any],
        messages: tuple[Any, ...],
        *,
        many: bool,
        correlation_id: str | None,
    ) -> None:
        self._publisher = publisher
        self.messages = messages
        """What is to be published."""
        self.many = many
        """Whether it is a call of `publish_many`."""
        self.correlation_id = correlation_id
        """What the call says itself belongs together."""
        self.message_ids: list[MessageId] = []
        """The ids that AWS gave them, when it has."""

    @property
    def publisher(self) -> str:
        """The name of the publisher's class."""
        return type(self._publisher).__name__

    @property
    def service(self) -> str:
        """What boto3 calls the service: `sns`, `sqs` or `events`."""
        return self._publisher.service

    @property
    def address(self) -> str:
        """Where they go; raises `AddressError` if nobody said."""
        return self._publisher.address


Hook = Callable[[Publishing], AbstractContextManager[object]]
"""Given a call, what is entered before it is made and left after it."""

H = TypeVar("H", bound=Hook)


def around_publishing(hook: H) -> H:
    """Let a hook be around all publishing of this process; return it.

    It is a function of a call that `contextlib.contextmanager` decorates, say: there it sees the
    messages before its `yield`, and their ids, or the error, behind it.
    """
    HOOKS.append(hook)
    return hook


def no_more_around_publishing(hook: Hook) -> None:
    """Take a hook away that `around_publishing` was given."""
    HOOKS.remove(hook)


def surrounded(call: Publishing, send: Callable[[], list[Entry]]) -> list[Entry]:
    """Publish, with everything that is around it."""
    with ExitStack() as stack:
        if "opentelemetry.trace" in sys.modules:
            from .spans import sending

            stack.enter_context(sending(call))
        for hook in HOOKS:
            stack.enter_context(hook(call))
        entries = send()
        call.message_ids += [MessageId(entry.message_id or "") for entry in entries]
        return entries
    message = f"a hook around {call.publisher} swallowed an error of publishing"
    raise RuntimeError(message)  # nobody may take it for published
