"""Choice of the engine for a regular expression: `re`, or the one in linear time."""

from __future__ import annotations

from .regexes import Pattern

LINEAR = "(?#linear)"
"""How an expression begins that `re` may take long to search for."""


def pattern_of(text: str, longest: int | None = None) -> Pattern:
    r"""Return a pattern with its engine; it may begin with `LINEAR`, or have `\p{L}`."""
    if text.startswith(LINEAR):
        from .linear import LinearPattern  # as few schemas need it

        return LinearPattern(text.removeprefix(LINEAR), longest)
    if has_categories(text):
        from .categories import CategoryPattern  # as above

        return CategoryPattern(text, longest)
    return Pattern(text, longest)


def has_categories(text: str) -> bool:
    r"""Whether an expression has `\p{...}` or `\P{...}`."""
    return "\\p{" in text or "\\P{" in text
