"""How wide text is on a terminal, so that an underline stands under what it means."""

from __future__ import annotations

from unicodedata import category, combining, east_asian_width

TAB = 4


def shown(text: str) -> str:
    """Return a line as it can be printed: tabs as spaces, what can't be seen as a box."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def width(text: str) -> int:
    """Return how many columns `shown(text)` takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_width(char) for char in text)


def _shown(char: str) -> str:
    if char == "\t":
        return " " * TAB
    return "\N{REPLACEMENT CHARACTER}" if category(char) in ("Cc", "Cs", "Zl", "Zp") else char


def _width(char: str) -> int:
    if char == "\t":
        return TAB
    if combining(char) or category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1
