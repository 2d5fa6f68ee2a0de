"""JSON to the tree, strictly: one regular expression for the tokens, a stack for the nesting.

Not through libyaml, although JSON is nearly YAML: that refuses escaped surrogate pairs, tabs
before the first bracket and keys of more than 1,024 characters, and takes comments and trailing
commas.
"""

from __future__ import annotations

import json
import re

from msgc.diagnostics import Diagnostic, Label
from msgc.source import Source, Span
from msgc.syntax import codes
from msgc.tree import Mapping, Node, Scalar, Sequence

MAX_DEPTH = 100

_TOKEN = re.compile(
    r"""[ \t\n\r]*(?:
      (?P<text>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")
    | (?P<plain>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-])
               |(?:true|false|null)(?!\w))
    | (?P<mark>[\[\]{},:])
    )""",
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t\n\r]*")
_UNKNOWN = re.compile(r"[\w.+-]+|[^\n\r]")


class _Problem(Exception):  # noqa: N818  # the end of reading, not an error of msgc's
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Open:
    """A list or an object that isn't closed yet."""

    __slots__ = ("entries", "items", "key", "start")

    def __init__(self, start: int, *, is_object: bool) -> None:
        self.start = start
        self.items: list[Node] = []
        self.entries: dict[str, tuple[Scalar, Node]] | None = {} if is_object else None
        self.key: Scalar | None = None


def build(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    """Return the tree of a JSON text, None if it can't be read to its end, and all mistakes."""
    found: list[Diagnostic] = []
    try:
        return _read(source, found), found
    except _Problem as problem:
        return None, [*found, problem.diagnostic]


def _read(source: Source, found: list[Diagnostic]) -> Node | None:
    text = source.text
    stack: list[_Open] = []
    offset = 0
    expected = "value"  # or "key", "colon", "next"; "first" is a value or key that may be missing
    if not text.strip(" \t\n\r"):
        return None
    while True:
        match = _TOKEN.match(text, offset)
        if match is None:
            raise _Problem(_no_token(source, offset, stack, expected))
        offset = match.end()
        kind = match.lastgroup or ""
        start = match.start(kind)
        token = match.group(kind)
        frame = stack[-1] if stack else None
        if expected in ("key", "first key") and kind == "text" and frame is not None:
            frame.key = _key(source, start, offset, frame, found)
            expected = "colon"
            continue
        if expected == "colon" and token == ":":
            expected = "value"
            continue
        if expected == "next" and token == ",":
            expected = "key" if frame is not None and frame.entries is not None else "value"
            continue
        if expected in ("value", "first value") and token in ("{", "["):
            if len(stack) >= MAX_DEPTH:
                raise _Problem(_too_deep(source, start))
            stack.append(_Open(start, is_object=token == "{"))
            expected = "first key" if token == "{" else "first value"
            continue
        if expected in ("value", "first value") and kind != "mark":
            span = Span(source, start, offset)
            node: Node = Scalar(_unescaped(token), span, plain=kind == "plain")
        elif frame is not None and _closes(frame, token, expected):
            node = _close(frame, Span(source, frame.start, offset))
            stack.pop()
        else:
            raise _Problem(_unexpected(source, start, offset, stack, expected))
        expected = "next"
        if not stack:
            end = _SPACE.match(text, offset)
            if end is not None and end.end() < len(text):
                raise _Problem(_behind(source, end.end()))
            return node
        _place(stack[-1], node)


def _key(source: Source, start: int, end: int, frame: _Open, found: list[Diagnostic]) -> Scalar:
    key = Scalar(_unescaped(source.text[start:end]), Span(source, start, end), plain=False)
    first = (frame.entries or {}).get(key.text)
    if first is not None:
        found.append(
            codes.DUPLICATE_KEY.at(
                key.span,
                f"duplicate key `{key.text}`",
                help="rename one of them, or put their contents together",
                labels=(Label(span=first[0].span, message="first written here"),),
            )
        )
    return key


def _unescaped(token: str) -> str:
    if not token.startswith('"'):
        return token
    return str(json.loads(token)) if "\\" in token else token[1:-1]


def _closes(frame: _Open, token: str, expected: str) -> bool:
    if frame.entries is not None:
        return token == "}" and expected in ("first key", "next")
    return token == "]" and expected in ("first value", "next")


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


# --- mistakes ------------------------------------------------------------------------------------

_WANTED = {
    "value": "a value",
    "first value": "a value or `]`",
    "key": "a key in double quotes",
    "first key": "a key in double quotes or `}`",
    "colon": "a `:` after the key",
}


def _wanted(stack: list[_Open], expected: str) -> str:
    if expected == "next":
        return "`,` or `}`" if stack[-1].entries is not None else "`,` or `]`"
    return _WANTED[expected]


def _no_token(source: Source, offset: int, stack: list[_Open], expected: str) -> Diagnostic:
    text = source.text
    space = _SPACE.match(text, offset)
    start = space.end() if space else offset
    if start >= len(text):
        bracket = text[stack[-1].start]
        return codes.NOT_JSON.at(
            Span(source, stack[-1].start, stack[-1].start + 1),
            f"this `{bracket}` is never closed",
            help=f"the file ends where {_wanted(stack, expected)} is expected",
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
    match = _UNKNOWN.match(text, start)
    end = match.end() if match else start + 1
    word = text[start:end]
    if word[0] == "'":
        return _not_json(source, start, end, "JSON has no single quotes", 'use double quotes: `"`')
    return _not_json(
        source, start, end, f"expected {_wanted(stack, expected)}, found `{word}`",
        "numbers are written `12`, `-0.5`, `1e9`; words are `true`, `false`, `null`; "
        "all other text stands in double quotes",
    )  # fmt: skip


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


def _unexpected(
    source: Source, start: int, end: int, stack: list[_Open], expected: str
) -> Diagnostic:
    token = source.text[start:end]
    if expected in ("key", "value") and token in "]}" and stack:
        comma = source.text.rfind(",", 0, start)
        if source.text[comma + 1 : start].isspace() or comma + 1 == start:
            return _not_json(
                source, comma, comma + 1, f"a comma before `{token}`", "take the comma out"
            )
    return _not_json(
        source, start, end, f"expected {_wanted(stack, expected)}, found `{token}`", None
    )


def _behind(source: Source, start: int) -> Diagnostic:
    match = _UNKNOWN.match(source.text, start)
    end = match.end() if match else start + 1
    return _not_json(
        source, start, end, "the file goes on behind its value", "a JSON file is one value"
    )


def _too_deep(source: Source, start: int) -> Diagnostic:
    return codes.TOO_DEEP.at(
        Span(source, start, start + 1),
        "nested more than 100 levels deep",
        help="look for brackets that are opened and never closed",
    )


def _not_json(source: Source, start: int, end: int, message: str, help_: str | None) -> Diagnostic:
    return codes.NOT_JSON.at(Span(source, start, end), message, help=help_)
