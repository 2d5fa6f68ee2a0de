"""Waiting for what takes its time: ask again until a deadline, never a fixed sleep."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
INTERVAL = 0.05


def eventually(probe: Callable[[], T | None], what: str, timeout: float = 30.0) -> T:
    """The first truthy answer of `probe`; an AssertionError that names `what` at the deadline."""
    deadline = time.monotonic() + timeout
    while True:
        answer = probe()
        if answer:
            return answer
        if time.monotonic() > deadline:
            message = f"after {timeout:.0f} s still not so: {what} (last answer: {answer!r})"
            raise AssertionError(message)
        time.sleep(INTERVAL)
