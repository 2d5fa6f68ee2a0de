"""Regular expressions in schemas: `re`, unless it could take long, and what it has no words for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

LINEAR = "(?#linear)"
"""How an expression begins that `re` may take long to look for."""


class Pattern:
    r"""A regular expression, compiled when it is first needed; it may have `\p{L}`.

    With the comment `(?#linear)` before it, it is looked for by `linear`, not by `re`.
    """

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
        return f"doesn't match the pattern {self._text.removeprefix(LINEAR)}"

    def compiled(self) -> Callable[[str], Any]:
        """Return what searches a text of any length."""
        pattern = self._text
        if pattern.startswith(LINEAR):
            from .linear import Linear

            self._search = Linear(pattern.removeprefix(LINEAR)).search
            return self._search
        if "\\p{" in pattern or "\\P{" in pattern:
            from .categories import expanded

            pattern = expanded(pattern)
        self._search = re.compile(pattern).search
        return self._search
