"""JSON to the tree, strictly: one regular expression for the lexemes, a stack for the nesting.

Not through libyaml, although JSON is nearly YAML: that refuses escaped surrogate pairs, tabs
before the first bracket and keys of more than 1,024 characters, and takes comments and trailing
commas.
"""

from __future__ import annotations

import json
import re

from msgc.diagnostics import Diagnostic
from msgc.source import Source, Span
from msgc.syntax import codes, json_problems
from msgc.syntax.limits import MAX_DEPTH, Budget
from msgc.syntax.problems import Stop, duplicate_key, merge_conflict, too_deep, too_many_values
from msgc.tree import Mapping, Node, Scalar, Sequence

_LEXEME = r"""[ \t\n\r]*(?:
      (?P<text>"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*")
    | (?P<plain>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-])
               |(?:true|false|null)(?!\w))
    | (?P<mark>[\[\]{},:])
    )"""
_SPACE = " \t\n\r"
_HALF = "[\ud800-\udfff]"
_SHORT = 300
"""Digits that any number may have."""


class _Open:
    """A list or an object that isn't closed yet."""

    __slots__ = ("entries", "items", "key", "start")

    def __init__(self, start: int, *, is_object: bool) -> None:
        self.start = start
        self.items: list[Node] = []
        self.entries: dict[str, tuple[Scalar, Node]] | None = {} if is_object else None
        self.key: Scalar | None = None


def build(source: Source, budget: Budget | None = None) -> tuple[Node | None, list[Diagnostic]]:
    """Return the tree of a JSON text, None if it can't be read to its end, and all mistakes."""
    found: list[Diagnostic] = []
    try:
        is_empty = not source.text.strip(_SPACE)
        return None if is_empty else _read(source, found, budget or Budget()), found
    except Stop as stop:
        return None, [*found, stop.diagnostic]


def _read(  # noqa: C901, PLR0912  # one machine of a few states; split, it is harder to follow
    source: Source, found: list[Diagnostic], budget: Budget
) -> Node:
    text = source.text
    lexeme_at = re.compile(_LEXEME, re.VERBOSE).match
    stack: list[_Open] = []
    offset = 0
    left = budget.left
    expected = "value"  # or "key", "colon", "next"; "first" is a value or key that may be missing
    while True:
        match = lexeme_at(text, offset)
        if match is None:
            raise _no_lexeme(source, offset, stack, expected)
        kind = match.lastgroup or ""
        start, offset = match.span(kind)
        lexeme = match.group(kind)
        frame = stack[-1] if stack else None
        if kind != "mark" or lexeme in "[{":
            left -= 1
            if left < 0:
                raise Stop(too_many_values(Span(source, start, offset)))
        if expected in ("key", "first key") and kind == "text" and frame is not None:
            frame.key = _key(source, start, offset, frame, found)
            expected = "colon"
            continue
        if expected == "colon" and lexeme == ":":
            expected = "value"
            continue
        if expected == "next" and lexeme == ",":
            expected = "key" if frame is not None and frame.entries is not None else "value"
            continue
        if expected in ("value", "first value") and lexeme in ("{", "["):
            if len(stack) >= MAX_DEPTH:
                raise Stop(too_deep(Span(source, start, start + 1)))
            stack.append(_Open(start, is_object=lexeme == "{"))
            expected = "first key" if lexeme == "{" else "first value"
            continue
        if expected in ("value", "first value") and kind != "mark":
            node: Node = _scalar(lexeme, Span(source, start, offset), found, plain=kind == "plain")
        elif frame is not None and _closes(frame, lexeme, expected):
            node = _close(frame, Span(source, frame.start, offset))
            stack.pop()
        else:
            raise Stop(json_problems.unexpected(source, start, offset, _inside(stack), expected))
        expected = "next"
        if not stack:
            _end(source, offset)
            budget.left = left
            return node
        _place(stack[-1], node)


def _no_lexeme(source: Source, offset: int, stack: list[_Open], expected: str) -> Stop:
    conflict = merge_conflict(source, codes.NOT_JSON)
    return Stop(conflict or json_problems.no_lexeme(source, offset, _inside(stack), expected))


def _scalar(lexeme: str, span: Span, found: list[Diagnostic], *, plain: bool) -> Scalar:
    if "\\u" in lexeme and re.search(_HALF, _unescaped(lexeme)):
        raise Stop(json_problems.half_character(span))
    scalar = Scalar(_unescaped(lexeme), span, plain=plain)
    if plain and _is_endless(scalar):
        found.append(json_problems.no_number(span))
    return scalar


def _end(source: Source, offset: int) -> None:
    """Stop at anything but space behind the value."""
    rest = source.text[offset:].lstrip(_SPACE)
    if rest:
        raise Stop(json_problems.behind(source, len(source.text) - len(rest)))


def _key(source: Source, start: int, end: int, frame: _Open, found: list[Diagnostic]) -> Scalar:
    key = Scalar(_unescaped(source.text[start:end]), Span(source, start, end), plain=False)
    first = (frame.entries or {}).get(key.text)
    if first is not None:
        found.append(duplicate_key(key, first[0]))
    return key


def _inside(stack: list[_Open]) -> json_problems.Inside | None:
    if not stack:
        return None
    frame = stack[-1]
    return json_problems.Inside(start=frame.start, is_object=frame.entries is not None)


def _unescaped(lexeme: str) -> str:
    if not lexeme.startswith('"'):
        return lexeme
    return str(json.loads(lexeme)) if "\\" in lexeme else lexeme[1:-1]


def _is_endless(plain: Scalar) -> bool:
    """Whether a number has too many digits, or is beyond the range."""
    text = plain.text
    if len(text) <= _SHORT and "e" not in text and "E" not in text:
        return False
    return isinstance(plain.value, str)


def _closes(frame: _Open, lexeme: str, expected: str) -> bool:
    if frame.entries is not None:
        return lexeme == "}" and expected in ("first key", "next")
    return lexeme == "]" and expected in ("first value", "next")


def _close(frame: _Open, span: Span) -> Node:
    return (
        Sequence(tuple(frame.items), span)
        if frame.entries is None
        else Mapping(frame.entries, span)
    )


def _place(frame: _Open, node: Node) -> None:
    if frame.entries is None:
        frame.items.append(node)
    elif frame.key is not None:
        frame.entries.setdefault(frame.key.text, (frame.key, node))
