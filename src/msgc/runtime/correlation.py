"""The correlation id of what is being handled, which what is published meanwhile has too."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

NAME = "correlation_id"
"""The message attribute; on a bus it stands in `resources`, as `correlation_id=...`."""

CORRELATION: ContextVar[str | None] = ContextVar("CORRELATION", default=None)
"""Set while a message that has one is handled."""


@contextmanager
def handling(correlation_id: str) -> Generator[None, None, None]:
    """Let what is published inside belong to the same as the message that is handled."""
    before = CORRELATION.set(correlation_id)
    try:
        yield
    finally:
        CORRELATION.reset(before)
