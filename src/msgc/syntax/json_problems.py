"""What is said about JSON that can't be taken."""

from __future__ import annotations

import re

from msgc.diagnostics import Diagnostic, Label
from msgc.record import Record
from msgc.source import Source, Span
from msgc.syntax import codes

_SPACE = r"[ \t\n\r]*"
_UNKNOWN = r"[\w.+-]+|[^\n\r]"


class Inside(Record):
    """The list or object in which reading stopped."""

    start: int
    is_object: bool


_WANTED = {
    "value": "a value",
    "first value": "a value or `]`",
    "key": "a key in double quotes",
    "first key": "a key in double quotes or `}`",
    "colon": "a `:` after the key",
}


def _wanted(inside: Inside | None, expected: str) -> str:
    if expected == "next":
        return "`,` or `}`" if inside is not None and inside.is_object else "`,` or `]`"
    return _WANTED[expected]


def no_lexeme(source: Source, offset: int, inside: Inside | None, expected: str) -> Diagnostic:
    """Something that JSON doesn't have, or the end of the text."""
    text = source.text
    space = re.compile(_SPACE).match(text, offset)
    start = space.end() if space else offset
    if start >= len(text):
        opened = inside.start if inside is not None else 0
        bracket = text[opened]
        return codes.NOT_JSON.at(
            Span(source, opened, opened + 1),
            f"this `{bracket}` is never closed",
            help=f"the file ends where {_wanted(inside, expected)} is expected",
        )
    if text[start] == '"':
        return _bad_text(source, start)
    if text[start : start + 2] in ("//", "/*") or text[start] == "#":
        return _not_json(
            source,
            start,
            start + 1,
            "JSON has no comments",
            "take it out, or put it into `$comment`",
        )
    match = re.compile(_UNKNOWN).match(text, start)
    end = match.end() if match else start + 1
    word = text[start:end]
    if word[0] == "'":
        return _not_json(source, start, end, "JSON has no single quotes", 'use double quotes: `"`')
    message = f"expected {_wanted(inside, expected)}, found `{word}`"
    if expected in ("key", "first key"):
        return _not_json(source, start, end, message, f'write `"{word}"`')
    return _not_json(
        source, start, end, message,
        "numbers are written `12`, `-0.5`, `1e9`; words are `true`, `false`, `null`; "
        "all other text stands in double quotes",
    )  # fmt: skip


def no_number(span: Span) -> Diagnostic:
    """A number with which no program reckons, and which YAML would take for text."""
    return codes.NOT_JSON.at(
        span,
        "this number is beyond what programs read",
        help="numbers go up to about ±1.8e308, and have up to 4,000 digits; all other text stands "
        "in double quotes",
    )


def _bad_text(source: Source, start: int) -> Diagnostic:
    """A text that isn't one: never closed, or with something in it that must be escaped."""
    text = source.text
    good = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*').match(text, start)
    end = good.end() if good else start + 1
    char = text[end : end + 1]
    if char in ("", "\n", "\r"):
        return _not_json(
            source, start, start + 1, "this quote is never closed",
            'put a `"` at the end of the text; a line break in it is written `\\n`',
        )  # fmt: skip
    if char == "\\":
        return _not_json(
            source, end, end + 2, f"unknown escape `{text[end : end + 2]}`",
            "write `\\\\` for a backslash",
        )  # fmt: skip
    return _not_json(
        source, end, end + 1, f"the control character U+{ord(char):04X} must be escaped",
        f"write `\\u{ord(char):04x}`",
    )  # fmt: skip


def unexpected(
    source: Source, start: int, end: int, inside: Inside | None, expected: str
) -> Diagnostic:
    """A lexeme of JSON where another is expected."""
    lexeme = source.text[start:end]
    if expected in ("key", "value") and lexeme in "]}":
        comma = source.text.rfind(",", 0, start)
        if source.text[comma + 1 : start].isspace() or comma + 1 == start:
            return _not_json(
                source, comma, comma + 1, f"a comma before `{lexeme}`", "take the comma out"
            )
    helps = {
        "colon": "put a `:` between the key and its value",
        "next": "put a `,` between two elements"
        if lexeme not in "]}:"
        else "close what was opened last first",
    }
    labels: tuple[Label, ...] = ()
    if expected == "next" and inside is not None:
        opened = Span(source, inside.start, inside.start + 1)
        labels = (Label(span=opened, message="inside of this"),)
    return codes.NOT_JSON.at(
        Span(source, start, end),
        f"expected {_wanted(inside, expected)}, found `{lexeme}`",
        help=helps.get(expected),
        labels=labels,
    )


def half_character(span: Span) -> Diagnostic:
    """The escape of a surrogate without the other one that makes it a character."""
    return codes.NOT_JSON.at(
        span,
        "an escape stands for half a character",
        help="write both halves, `\\ud83d\\ude00`, or the character itself",
    )


def behind(source: Source, start: int) -> Diagnostic:
    """More text behind the value that the file is."""
    match = re.compile(_UNKNOWN).match(source.text, start)
    end = match.end() if match else start + 1
    return _not_json(
        source, start, end, "the file goes on behind its value", "a JSON file is one value"
    )


def _not_json(source: Source, start: int, end: int, message: str, help_: str | None) -> Diagnostic:
    return codes.NOT_JSON.at(Span(source, start, end), message, help=help_)
