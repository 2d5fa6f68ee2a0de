"""What wasn't published, and why: imported when something fails.

The errors can be pickled, as what crosses processes must be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..errors import MessagingError, NotCarriedError

if TYPE_CHECKING:
    from .publisher import Entry, Publisher

M = TypeVar("M")

_THROTTLED = ("Throttl", "TooManyRequests", "RequestLimitExceeded", "SlowDown")
"""In codes of every service; some call it the sender's fault."""
_NOT_CONNECTED = {
    "botocore.exceptions.ConnectionError",
    "builtins.ConnectionRefusedError",
}
_CUT_OFF = {
    "botocore.exceptions.HTTPClientError", "botocore.exceptions.IncompleteReadError",
    "builtins.OSError",
}  # fmt: skip


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
        """The message itself."""
        self.code = code
        """AWS's code, or the class of what was raised; `NotSent` and `GroupStopped` are ours."""
        self.reason = reason
        """AWS's own words."""
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
        """What wasn't published, in the order in which it was given."""
        self.published = published
        """How many were published."""

    def __str__(self) -> str:
        first = self.failed[0]
        name = type(first.message).__name__
        which = f"{name} (message {first.index}): {first.code}: {first.reason}"
        count = len(self.failed)
        more = f" (the first of {count})" if count > 1 else ""
        return f"{which}{more}; {self.published} published"


class Failure:
    """Why an entry failed; `retryable` when the fault is AWS's, or the network's."""

    __slots__ = ("code", "reason", "retryable")

    def __init__(self, code: str, reason: str, *, retryable: bool = False) -> None:
        self.code = code
        self.reason = reason
        self.retryable = retryable or is_throttled(code)

    @classmethod
    def of(cls, error: Exception) -> Failure:
        """Return what an exception of botocore says, or of the network."""
        response: Any = getattr(error, "response", None)
        if not response:
            return cls._without_answer(error)
        details = response.get("Error", {})
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return cls(
            details.get("Code") or type(error).__name__,
            details.get("Message") or str(error),
            retryable=status >= 500,
        )

    @classmethod
    def _without_answer(cls, error: Exception) -> Failure:
        """Return what went wrong on the way, or before: botocore's classes are told by name."""
        names = {f"{each.__module__}.{each.__name__}" for each in type(error).__mro__}
        never_sent = not _NOT_CONNECTED.isdisjoint(names)
        cut_off = not never_sent and not _CUT_OFF.isdisjoint(names)
        reason = str(error) or type(error).__name__
        if cut_off:
            reason += " (AWS may have taken it all the same)"
        return cls(type(error).__name__, reason, retryable=never_sent or cut_off)


def error_of(entries: list[Entry]) -> PublishError:
    """Return the error that tells of the entries that failed."""
    failed = [
        Failed(
            entry.message,
            entry.failure.code,
            entry.failure.reason,
            index=index,
            retryable=entry.failure.retryable,
        )
        for index, entry in enumerate(entries)
        if entry.failure
    ]
    return PublishError(failed, len(entries) - len(failed))


def not_carried(publisher: Publisher[Any], cls: type, messages: str) -> NotCarriedError:
    """Return the error for a message of a type that a publisher doesn't carry."""
    name, carried = cls.__name__, ", ".join(publisher.carries)
    if name in publisher.carries:
        name = f"{cls.__module__}.{name}"
        carried = f"the one of {messages.removesuffix('.')}"
    text = f"{type(publisher).__name__} doesn't carry {name}, but {carried}"
    return NotCarriedError(text)


def is_throttled(code: str) -> bool:
    """Whether a code says that there was too much at a time."""
    return any(part in code for part in _THROTTLED)
