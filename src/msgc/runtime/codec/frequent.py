"""When a class gets straight lines (see `direct`): once enough of its payloads went by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Direct = Callable[[Any], Any]
"""Converts a value, or raises one of `REFUSALS`."""
Building = dict[Any, Direct]
"""By class, those underway too: recursive ones find themselves here."""

REFUSALS = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)

OFTEN = 100
"""After how many payloads of a class it is worth its function."""


class Frequent:
    """The functions of classes that are converted often enough to pay for them.

    Making one takes half a millisecond and saves some microseconds a payload; the first payloads
    after a cold start are better off without.
    """

    def __init__(self, build: Callable[[Any, Building], Direct]) -> None:
        self.made: Building = {}
        self._build = build
        self._seen: dict[Any, int] = {}

    def count(self, cls: Any) -> None:
        """Note a payload that took the long way."""
        self._seen[cls] = seen = self._seen.get(cls, 0) + 1
        if seen == OFTEN:
            building: Building = {}
            self._build(cls, building)
            # All at once: another thread must not find one whose parts aren't there yet.
            self.made.update(building)
