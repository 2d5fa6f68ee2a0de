"""The width of text in columns of a terminal, to underline what a finding is about."""

from __future__ import annotations

from unicodedata import category, combining, east_asian_width

from msgc.visible import visible

TAB = 4


def shown(text: str) -> str:
    """Return a piece of a line as it can be printed: tabs as spaces, escapes for what is unseen."""
    return visible(text.replace("\t", " " * TAB))


def width(text: str) -> int:
    """Return how many columns `shown(text)` takes."""
    if text.isascii() and text.isprintable() and "##" not in text:
        return len(text)
    return sum(map(_width, shown(text)))


def _width(char: str) -> int:
    if combining(char) or category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1
