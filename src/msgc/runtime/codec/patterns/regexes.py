"""Regular expressions in schemas, searched by Python's `re`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any


class Pattern:
    """A regular expression, compiled when it is first needed."""

    __slots__ = ("_longest", "_search", "_text")

    def __init__(self, text: str, longest: int | None = None) -> None:
        self._text = text
        self._longest = longest  # what is longer is wrong without it
        self._search: Callable[[str], Any] | None = None

    def found(self, text: str) -> bool:
        """Whether it is found anywhere in the text, or the text is too long to look."""
        if self._longest is not None and len(text) > self._longest:
            return True
        return (self._search or self.compiled())(text) is not None

    @property
    def problem(self) -> str:
        """What to say if it isn't found."""
        return f"doesn't match the pattern {self._text}"

    def compiled(self) -> Callable[[str], Any]:
        """Return what searches a text of any length."""
        self._search = self._compile(self._text)
        return self._search

    def _compile(self, text: str) -> Callable[[str], Any]:
        return re.compile(text).search
