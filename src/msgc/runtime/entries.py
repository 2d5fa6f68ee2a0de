"""Messages on their way: what AWS gets of each, and what became of it."""

from __future__ import annotations

from typing import Any


class Failure:
    """Why an entry failed; `retryable` when the fault is AWS's."""

    __slots__ = ("code", "reason", "retryable")

    def __init__(self, code: str, reason: str, *, retryable: bool = False) -> None:
        self.code = code
        self.reason = reason
        self.retryable = retryable

    @classmethod
    def of(cls, error: Exception) -> Failure:
        """Return what an exception of botocore says, or of the network."""
        response: Any = getattr(error, "response", None) or {}
        details = response.get("Error", {})
        code = details.get("Code") or type(error).__name__
        return cls(code, details.get("Message") or str(error))


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
