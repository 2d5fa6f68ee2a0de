"""Comments that speak to msgc: `# msgc: ignore[rule-name] reason`."""

from __future__ import annotations

import re
from bisect import bisect_left

from msgc.diagnostics import Diagnostic
from msgc.source import Source, Span
from msgc.syntax import codes
from msgc.syntax.document import Ignore
from msgc.tree import Mapping, Node, Scalar, Sequence

_SPOKEN = r"(?<![^\s])#+[ \t]*msgc:[^\n\r]*"
_IGNORE = r"#+[ \t]*msgc:[ \t]*ignore[ \t]*\[([^\]\n\r]*)\][ \t]*((?:[^ \t].*)?)"
_RULE = r"[A-Za-z0-9][A-Za-z0-9-]*"


def ignores(source: Source, root: Node) -> tuple[tuple[Ignore, ...], tuple[Diagnostic, ...]]:
    """Return the comments that silence rules, and complaints about those that can't be read."""
    spoken = list(re.finditer(_SPOKEN, source.text))
    if not spoken:
        return (), ()
    quoted = sorted(_texts(root))
    starts = [start for start, _ in quoted]
    lines = _Lines(source)
    found: list[Ignore] = []
    complaints: list[Diagnostic] = []
    for match in spoken:
        before = bisect_left(starts, match.start())
        if before and match.start() < quoted[before - 1][1]:
            continue  # it is part of a text
        span = Span(source, match.start(), match.start() + len(match.group().rstrip()))
        read = re.compile(_IGNORE).fullmatch(source.text, span.start, span.end)
        rules = _rules(source, *read.span(1)) if read else ()
        if read is None or not rules:
            complaints.append(_malformed(span))
            continue
        line = lines.meant(match.start())
        found.append(Ignore(rules=rules, reason=read.group(2), line=line, span=span))
    return tuple(found), tuple(complaints)


def _texts(root: Node) -> list[tuple[int, int]]:
    """Return where texts stand that may have a `#` in them: quoted ones and blocks."""
    spans: list[tuple[int, int]] = []
    todo: list[Node] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, Mapping):
            for key, value in node.items():
                todo += (key, value)
        elif isinstance(node, Sequence):
            todo += node.items
        elif not node.plain:
            spans.append((node.span.start, node.span.end))
    return spans


def _rules(source: Source, start: int, end: int) -> tuple[Scalar, ...]:
    """Return the names between the brackets, each with its place; none if they can't be read."""
    rules: list[Scalar] = []
    for part in re.finditer(r"[^,]+", source.text[start:end]):
        name = part.group().strip()
        at = start + part.start() + part.group().index(name)
        if not re.fullmatch(_RULE, name):
            return ()
        rules.append(Scalar(name, Span(source, at, at + len(name))))
    return tuple(rules)


class _Lines:
    """Which line a comment speaks of."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._last = source.position(len(source.text))[0]
        self._below: dict[int, int | None] = {}
        """The next line with something on it, of lines that have been looked at."""

    def meant(self, offset: int) -> int:
        """Return the line of a comment, or the next line with something, if it stands alone."""
        number, column = self._source.position(offset)
        if self._source.line(number)[: column - 1].strip():
            return number
        return self._next(number) or number

    def _next(self, number: int) -> int | None:
        passed: list[int] = []
        found: int | None
        while number not in self._below:
            passed.append(number)
            number += 1
            if number > self._last:
                found = None
                break
            text = self._source.line(number).strip()
            if text and not text.startswith("#"):
                found = number
                break
        else:
            found = self._below[number]
        self._below.update(dict.fromkeys(passed, found))
        return found


def _malformed(span: Span) -> Diagnostic:
    return codes.MALFORMED_IGNORE.at(
        span,
        "msgc can't read this comment, so it does nothing",
        help="write `# msgc: ignore[rule-name] reason`; `msgc rules` lists the names",
    )
