"""How long to wait before a call of AWS is made again: exponential, with full jitter."""

from __future__ import annotations

import random


class Backoff:
    """Waiting times that double up to a longest one; each is drawn between nothing and that.

    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """

    __slots__ = ("_base", "_failures", "_longest")

    def __init__(self, base: float = 0.5, longest: float = 30.0) -> None:
        self._base = base
        self._longest = longest
        self._failures = 0

    def next(self) -> float:
        """Return how many seconds to wait after one more failure."""
        most = min(self._longest, self._base * 2 ** min(self._failures, 30))
        self._failures += 1
        return random.uniform(0, most)

    def reset(self) -> None:
        """Begin again: a call has succeeded."""
        self._failures = 0
