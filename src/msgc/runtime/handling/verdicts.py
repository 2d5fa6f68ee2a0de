"""What a handler may raise to say what becomes of its message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import MessagingError

if TYPE_CHECKING:
    from datetime import timedelta

LONGEST = 43_200
"""Seconds: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html"""


class Verdict(MessagingError):
    """The base of what a handler raises on purpose: it is logged without a traceback."""


class Retry(Verdict):
    """The message can't be handled yet: it comes again, from a queue after as long as is said.

    It counts as a failure: too many of them, and the message goes to the dead-letter queue.
    """

    def __init__(
        self, why: str = "", *, after: float | timedelta | None = None
    ) -> None:
        super().__init__(why)
        self.why = why
        """What is logged."""
        self.seconds = _seconds(after)
        """None: when the queue's visibility timeout is over."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _retry, (self.why, self.seconds)

    def __str__(self) -> str:
        when = "" if self.seconds is None else f"again after {self.seconds} s"
        return ": ".join(filter(None, (when, self.why))) or "again"


class DeadLetter(Verdict):
    """The message can never be handled: it is moved to the queue's dead-letter queue at once.

    The reason goes along, as the attribute `dead_letter_reason`. Where that isn't possible, the
    message fails as with any other error.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        """What is logged, and goes along."""


def _retry(why: str, seconds: int | None) -> Retry:
    return Retry(why, after=seconds)


def _seconds(after: Any) -> int | None:
    """Return whole seconds: a part of one is another."""
    if after is None:
        return None
    seconds = getattr(after, "total_seconds", lambda: after)()
    if not 0 <= seconds <= LONGEST:
        text = f"`after` is from 0 to {LONGEST} seconds (12 hours), not {seconds}"
        raise ValueError(text)
    return -int(-seconds // 1)
