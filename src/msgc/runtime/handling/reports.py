"""What is said of messages that failed in a batch."""

from __future__ import annotations

import logging
from contextvars import ContextVar

from ..codec.violations import InvalidPayload
from ..errors import UnreadableError

FAILURES: ContextVar[list[Exception] | None] = ContextVar("FAILURES", default=None)
"""Where a fake that delivers a batch collects why messages of it failed."""
_LOGGER = logging.getLogger(f"{__package__}.handlers")


def report(consumer: str, message_id: str, error: Exception) -> None:
    """Log why a message failed; one that can't be read has no traceback."""
    failures = FAILURES.get()
    if failures is not None:
        failures.append(error)
    if isinstance(error, InvalidPayload | UnreadableError):
        _LOGGER.error("%s: message %s can't be read: %s", consumer, message_id, error)
    else:
        _LOGGER.error(
            "%s: message %s failed: %s", consumer, message_id, error, exc_info=error
        )
