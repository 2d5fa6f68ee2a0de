"""A set of characters in brackets: `[A-Za-z_.-]`."""

from __future__ import annotations

import re

from msgc.payloads.regex.characters import Range
from msgc.payloads.regex.escapes import read_character, read_set
from msgc.payloads.regex.nodes import Characters, NotForPython

_POSIX = re.compile(r"\[([:.=])\^?\w+\1\]")


def read_brackets(text: str, start: int) -> Characters:
    """Read a set; `start` is where its `[` stands."""
    at = start + 1
    negated = text.startswith("^", at)
    at += negated
    ranges: list[Range] = []
    categories: list[str] = []
    while not text.startswith("]", at):
        if at >= len(text):
            message = "a `[` isn't closed"
            raise NotForPython(message)
        if posix := _POSIX.match(text, at):
            message = f"`{posix[0]}` is POSIX's; write its characters, as in `[A-Za-z]`"
            raise NotForPython(message)
        low, at = _read_one(text, at, ranges, categories)
        if not text.startswith("-", at) or text.startswith("-]", at) or at + 1 >= len(text):
            if low is not None:
                ranges.append((low, low))
            continue
        high, after = _read_one(text, at + 1, ranges, categories)
        if low is not None and high is not None:
            if low > high:
                message = f"`{text[start:after]}...` has a range whose end is before its start"
                raise NotForPython(message)
            ranges.append((low, high))
        else:  # `[\w-.]`: no range, and the hyphen means itself
            ranges += [(end, end) for end in (low, ord("-"), high) if end is not None]
        at = after
    return Characters(
        start=start,
        end=at + 1,
        ranges=tuple(ranges),
        categories=tuple(categories),
        negated=negated,
    )


def _read_one(
    text: str, at: int, ranges: list[Range], categories: list[str]
) -> tuple[int | None, int]:
    """Read a character, and return it; what is a set by itself is added, and returned as None."""
    if text[at] != "\\":
        return ord(text[at]), at + 1
    at += 1
    if found := read_set(text, at):
        several, category, end = found
        ranges += several
        categories += [category] if category else []
        return None, end
    if text.startswith("b", at):
        return 8, at + 1
    if text[at : at + 1].isdigit() and text[at] != "0":
        message = f"`\\{text[at]}` in brackets refers to nothing; write `\\x0{text[at]}`"
        raise NotForPython(message)
    return read_character(text, at)
