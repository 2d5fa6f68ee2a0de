"""What can go wrong between a message and AWS, and between what arrives and a handler.

All of it can be pickled, as what crosses processes must be.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

M = TypeVar("M")


class MessagingError(Exception):
    """The base of everything that this package raises."""


class AddressError(MessagingError, RuntimeError):
    """The place to publish to isn't known: no argument, and no environment variable."""


class MessageError(MessagingError):
    """The base of what is wrong with a single message."""

    index: int | None = None
    """Which of the messages that `publish_many` was given, from 0; nothing has been sent."""

    def at(self, index: int) -> None:
        """Say which message it is."""
        self.index = index
        self.add_note(f"message {index} given to publish_many; nothing has been sent")


class RefusedError(MessageError, ValueError):
    """A message that AWS could never take; nothing has been sent."""


class NotCarriedError(MessageError, TypeError):
    """A message of a type that this publisher doesn't carry; nothing has been sent."""


class UnreadableError(MessageError, ValueError):
    """Something arrived that is no message of this consumer."""


class Failed(Generic[M]):
    """A message that wasn't published, and why: AWS's code and its own words."""

    __slots__ = ("code", "index", "message", "reason", "retryable")

    def __init__(
        self,
        message: M,
        code: str,
        reason: str,
        *,
        index: int = 0,
        retryable: bool = False,
    ) -> None:
        self.message = message
        self.code = code
        self.reason = reason
        self.index = index
        """Which of the messages that `publish_many` was given, from 0."""
        self.retryable = retryable
        """Whether it may succeed later as it is: the fault is AWS's, or it wasn't sent at all."""

    def __repr__(self) -> str:
        name = type(self.message).__name__
        return (
            f"Failed({name}, {self.code!r}, {self.reason!r}, "
            f"index={self.index}, retryable={self.retryable})"
        )


class PublishError(MessagingError):
    """Some messages weren't published, although they were tried again where that makes sense.

    `failed` has them, in their order; what isn't in it was published.
    """

    def __init__(self, failed: list[Failed[Any]], published: int) -> None:
        super().__init__(failed, published)
        self.failed = failed
        self.published = published
        """How many were published."""

    def __str__(self) -> str:
        first = self.failed[0]
        name = type(first.message).__name__
        which = f"{name} (message {first.index}): {first.code}: {first.reason}"
        count = len(self.failed)
        more = f" (the first of {count})" if count > 1 else ""
        return f"{which}{more}; {self.published} published"
