"""What can go wrong between a message and AWS."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

M = TypeVar("M")


class AddressError(RuntimeError):
    """The place to publish to isn't known: no argument, and no environment variable."""


class RefusedError(ValueError):
    """A message that AWS could never take; nothing has been sent."""


class UnreadableError(ValueError):
    """Something arrived that is no message of this consumer."""


class Failed(Generic[M]):
    """A message that wasn't published, and why: AWS's code and its own words."""

    __slots__ = ("code", "message", "reason")

    def __init__(self, message: M, code: str, reason: str) -> None:
        self.message = message
        self.code = code
        self.reason = reason

    def __repr__(self) -> str:
        name = type(self.message).__name__
        return f"Failed({name}, {self.code!r}, {self.reason!r})"


class PublishError(Exception):
    """Some messages weren't published, although they were tried again where that makes sense.

    `failed` has them, in their order; what isn't in it was published.
    """

    def __init__(self, failed: list[Failed[Any]], published: int) -> None:
        first = failed[0]
        which = f"{type(first.message).__name__}: {first.code}: {first.reason}"
        more = f" (the first of {len(failed)})" if len(failed) > 1 else ""
        super().__init__(f"{which}{more}; {published} published")
        self.failed = failed
        self.published = published
