"""Comments that speak to msgc: `# msgc: ignore[rule-name] reason`."""

from __future__ import annotations

import re

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
    spoken = list(re.finditer(_SPOKEN, source.text)) if "msgc:" in source.text else []
    if not spoken:
        return (), ()
    quoted = _texts(root)
    found: list[Ignore] = []
    complaints: list[Diagnostic] = []
    for match in spoken:
        if any(start < match.start() < end for start, end in quoted):
            continue
        span = Span(source, match.start(), match.start() + len(match.group().rstrip()))
        read = re.compile(_IGNORE).fullmatch(source.text, span.start, span.end)
        rules = _rules(source, *read.span(1)) if read else ()
        if read is None or not rules:
            complaints.append(_malformed(span))
            continue
        line = _line(source, match.start())
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


def _line(source: Source, offset: int) -> int:
    """Return the line that a comment speaks of."""
    number, column = source.position(offset)
    if source.line(number)[: column - 1].strip():
        return number
    last = source.position(len(source.text))[0]
    for below in range(number + 1, last + 1):
        text = source.line(below).strip()
        if text and not text.startswith("#"):
            return below
    return number


def _malformed(span: Span) -> Diagnostic:
    return codes.MALFORMED_IGNORE.at(
        span,
        "msgc can't read this comment, so it does nothing",
        help="write `# msgc: ignore[rule-name] reason`; `msgc rules` lists the names",
    )
