r"""Reads a regular expression of ECMAScript, as its `u` flag has it.

What only its older grammar takes is taken where there can be no doubt: `\-` and `\@`, a `{` that
begins no count, and `[\w-.]`.
"""

from __future__ import annotations

import re
from typing import Literal

from msgc.payloads.regex.brackets import read_brackets
from msgc.payloads.regex.characters import LINE_ENDS
from msgc.payloads.regex.escapes import read_character, read_set
from msgc.payloads.regex.nodes import (
    Alternation,
    Assertion,
    Backreference,
    Characters,
    Concatenation,
    Expression,
    Group,
    Look,
    NotForPython,
    Part,
    Repeat,
    in_both_cases,
)
from msgc.tree import whole

DEEPEST = 60
"""Groups in groups."""
MOST = 1 << 20
"""Times in a count: a message has no more characters."""

_COUNT = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_OPENING = re.compile(r"\?(?:<?[=!]|:|P?<([A-Za-z_$][\w$]*)>)")
_REFERRED = "?P="
"""How Python begins a reference to a group by its name."""
_INSENSITIVE = "(?i)"
"""What schemas begin with that were written for other languages."""
_ANCHORS: dict[str, Literal["start", "end"]] = {"A": "start", "Z": "end", "z": "end"}
"""Theirs, which are `^` and `$` here."""
_NAMED = re.compile(r"k<([A-Za-z_$][\w$]*)>")
_REFERENCE = re.compile(r"[1-9][0-9]*")
_ELSEWHERE = (
    ("?<", "`(?<` takes a name of letters, digits and `_`, and `>`"),
    ("?>", "`(?>...)` is no ECMAScript; write `(?:...)`"),
    ("?#", "`(?#...)` is no ECMAScript; leave the comment out"),
    ("?(", "`(?(...)` is no ECMAScript; write out both cases with `|`"),
    ("?|", "`(?|...)` is no ECMAScript; write `(?:...)`"),
    ("?i", "flags in a pattern aren't supported; write both cases, as in `[Aa]`"),
    ("?s", "flags in a pattern aren't supported; write `[^]` for any character"),
    ("?", "flags in a pattern aren't supported; write what is meant without"),
)


def parse(text: str) -> Expression:
    """Return what a pattern consists of; raises `NotForPython` with the reason."""
    parser = _Parser(text)
    insensitive = text.startswith(_INSENSITIVE)
    if insensitive:
        parser.at = len(_INSENSITIVE)
    root = parser.alternatives(0)
    if parser.at < len(text):
        message = "a `)` has no `(`"
        raise NotForPython(message)
    for group in parser.referred:
        known = group in parser.names if isinstance(group, str) else group <= parser.groups
        if not known:
            message = f"it refers to a group `{group}` that it doesn't have"
            raise NotForPython(message)
    root = in_both_cases(root) if insensitive else root
    return Expression(root=root, refers=bool(parser.referred))


class _Parser:
    """The text, and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.groups = 0
        self.names: set[str] = set()
        self.referred: list[int | str] = []

    def alternatives(self, depth: int) -> Part:
        """Read up to the end, or to a `)`."""
        if depth > DEEPEST:
            message = f"more than {DEEPEST} groups in one another"
            raise NotForPython(message)
        start = self.at
        options = [self._sequence(depth)]
        while self.text.startswith("|", self.at):
            self.at += 1
            options.append(self._sequence(depth))
        if len(options) == 1:
            return options[0]
        return Alternation(start=start, end=self.at, options=tuple(options))

    def _sequence(self, depth: int) -> Part:
        start = self.at
        parts: list[Part] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self._counted(self._one(depth)))
        if len(parts) == 1:
            return parts[0]
        return Concatenation(start=start, end=self.at, parts=tuple(parts))

    def _one(self, depth: int) -> Part:
        text, start = self.text, self.at
        character = text[start]
        self.at += 1
        match character:
            case "^" | "$":
                kind = "start" if character == "^" else "end"
                return Assertion(start=start, end=self.at, kind=kind)  # type: ignore[arg-type]
            case "(":
                return self._group(depth)
            case ".":
                return Characters(start=start, end=self.at, ranges=LINE_ENDS, negated=True)
            case "[":
                brackets = read_brackets(text, start)
                self.at = brackets.end
                return brackets
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                message = f"`{character}` has nothing before it to repeat"
                raise NotForPython(message)
            case "{" if _COUNT.match(text, start):
                message = "a count in braces has nothing before it to repeat"
                raise NotForPython(message)
            case _:
                point = ord(character)
                return Characters(start=start, end=self.at, ranges=((point, point),))

    def _group(self, depth: int) -> Part:
        text, start = self.text, self.at - 1
        called, closed, _ = text[self.at + len(_REFERRED) :].partition(")")
        if text.startswith(_REFERRED, self.at) and closed:
            self.at += len(f"{_REFERRED}{called})")
            return self._reference(start, called)
        opening = _OPENING.match(text, self.at)
        if opening is None and text.startswith("?", self.at):
            reason = next(why for what, why in _ELSEWHERE if text.startswith(what, self.at))
            raise NotForPython(reason)
        kind, name = (opening[0], opening[1]) if opening else ("", None)
        number = None
        if kind == "" or name is not None:
            self.groups += 1
            number = self.groups
        if name is not None:
            if name in self.names:
                message = f"two groups are named `{name}`"
                raise NotForPython(message)
            self.names.add(name)
        self.at += len(kind)
        body = self.alternatives(depth + 1)
        if not text.startswith(")", self.at):
            message = "a `(` isn't closed"
            raise NotForPython(message)
        self.at += 1
        if kind.endswith(("=", "!")):
            behind, negative = "<" in kind, kind.endswith("!")
            return Look(start=start, end=self.at, body=body, behind=behind, negative=negative)
        return Group(start=start, end=self.at, body=body, number=number, name=name)

    def _escape(self) -> Part:
        text, start = self.text, self.at - 1
        if text.startswith(("b", "B"), self.at):
            self.at += 1
            kind = "boundary" if text[start + 1] == "b" else "no boundary"
            return Assertion(start=start, end=self.at, kind=kind)  # type: ignore[arg-type]
        if (anchor := _ANCHORS.get(text[self.at : self.at + 1])) is not None:
            self.at += 1
            return Assertion(start=start, end=self.at, kind=anchor)
        named, numbered = _NAMED.match(text, self.at), _REFERENCE.match(text, self.at)
        if named or numbered:
            digits = numbered[0] if numbered else "0"
            self.at = (named or numbered).end()  # type: ignore[union-attr]
            return self._reference(start, named[1] if named else whole(digits))
        if found := read_set(text, self.at):
            ranges, category, self.at = found
            categories = (category,) if category else ()
            return Characters(start=start, end=self.at, ranges=ranges, categories=categories)
        point, self.at = read_character(text, self.at)
        return Characters(start=start, end=self.at, ranges=((point, point),))

    def _reference(self, start: int, group: int | str) -> Part:
        self.referred.append(group)
        return Backreference(start=start, end=self.at, group=group)

    def _counted(self, part: Part) -> Part:
        counts = self._counts()
        if counts is None:
            return part
        least, most = counts
        if isinstance(part, Assertion | Look):
            message = f"`{self.text[part.start : self.at]}` repeats what takes no character"
            raise NotForPython(message)
        lazy = self.text.startswith("?", self.at)
        self.at += lazy
        if self.text.startswith("+", self.at) and not lazy:
            message = (
                f"`{self.text[part.end : self.at + 1]}` is no ECMAScript; leave the last `+` out"
            )
            raise NotForPython(message)
        if self._counts() is not None:
            message = f"`{self.text[part.start : self.at]}` has two counts; put it in `(?:...)`"
            raise NotForPython(message)
        return Repeat(start=part.start, end=self.at, body=part, least=least, most=most, lazy=lazy)

    def _counts(self) -> tuple[int, int | None] | None:
        """Read how many times: the least and the most."""
        plain = _PLAIN.get(self.text[self.at : self.at + 1])
        if plain is not None:
            self.at += 1
            return plain
        if not self.text.startswith("{", self.at):
            return None
        found = _COUNT.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        if max(len(found[1]), len(found[3] or "")) > 7:
            message = f"`{found[0]}` counts further than any message is long"
            raise NotForPython(message)
        least = int(found[1])
        most = least if found[2] is None else int(found[3]) if found[3] else None
        if max(least, most or 0) > MOST:
            message = f"`{found[0]}` counts further than any message is long"
            raise NotForPython(message)
        if most is not None and most < least:
            message = f"`{found[0]}` has its numbers in the wrong order"
            raise NotForPython(message)
        return least, most


_PLAIN: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
