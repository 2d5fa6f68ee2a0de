"""Messages on their way: what AWS gets of each, and what became of it."""

from __future__ import annotations

from typing import Any

from .errors import Failed

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


class Entry:
    """A message on its way: what AWS gets of it, and what became of it."""

    __slots__ = ("failure", "group", "message", "message_id", "parameters", "size")

    def __init__(
        self, message: Any, parameters: dict[str, Any], size: int, group: str | None
    ) -> None:
        self.message = message
        self.parameters = parameters
        self.size = size
        self.group = group
        """The group whose order must be kept; None on places that keep none."""
        self.message_id: str | None = None
        self.failure: Failure | None = None

    def failed(self, index: int) -> Failed[Any]:
        """Return the entry as its publisher's error tells of it."""
        failure = self.failure or Failure("Unknown", "no reason given")
        return Failed(
            self.message,
            failure.code,
            failure.reason,
            index=index,
            retryable=failure.retryable,
        )


def is_throttled(code: str) -> bool:
    """Whether a code says that there was too much at a time."""
    return any(part in code for part in _THROTTLED)
