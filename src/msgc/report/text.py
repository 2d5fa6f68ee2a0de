"""The text reporter: the place, the line, what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgc.diagnostics import SEVERITIES, Diagnostic, Severity, in_order
from msgc.report.counts import counts
from msgc.report.width import shown, width
from msgc.source import Span
from msgc.visible import visible

_LINE_LIMIT = 160
"""Longer source lines are shown around their mark only."""

_MOST = 1000
"""Findings that are printed, the gravest of them if there are more: nobody reads so many."""

_MESSAGE_LIMIT = 2000

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_BLUE = "\x1b[1;34m"
_CYAN = "\x1b[1;36m"
_COLORS: dict[Severity, str] = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": _CYAN}
_NOUNS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
}


def text_report(diagnostics: Iterable[Diagnostic], *, color: bool = False) -> str:
    """Return the findings in the order of the file and a line that counts them.

    The empty text if there are none; no line end behind the last line.
    """
    found = in_order(diagnostics)
    if not found:
        return ""
    paint = _painted if color else _plain
    printed = _gravest(found)
    more = len(found) - len(printed)
    last = [f"... and {more} more; `--format json` has all of them"] if more else []
    return "\n\n".join([*(_finding(d, paint) for d in printed), *last, _summary(found)])


def _gravest(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    if len(found) <= _MOST:
        return found
    return in_order(sorted(found, key=lambda d: SEVERITIES.index(d.code.severity))[:_MOST])


class _Paint:
    """Puts text into colours, or leaves it as it is."""

    def __init__(self, *, color: bool) -> None:
        self._color = color

    def __call__(self, style: str, text: str) -> str:
        return f"{style}{text}{_RESET}" if self._color and text else text


_plain = _Paint(color=False)
_painted = _Paint(color=True)


def _finding(diagnostic: Diagnostic, paint: _Paint) -> str:
    code, span = diagnostic.code, diagnostic.span
    source = span.source
    line, column = source.position(span.start)
    style = _COLORS[code.severity]
    marks = [_Mark(span, "^", style, diagnostic.message)]
    marks += (_Mark(label.span, "-", _BLUE, label.message) for label in diagnostic.labels)
    gutter = " " * max(len(str(mark.line)) for mark in marks)
    bar = paint(_BLUE, "|")
    place = paint(_BOLD, f"{visible(source.path)}:{line}:{column}:")
    lines = [
        f"{place} {paint(style, f'{code.severity}[{code.id}]')} {code.name}",
        f"{gutter} {bar}",
    ]
    if not source.text:  # an empty file, or none: there is no line to show
        lines[1:] = [f"{gutter} {paint(_BLUE, '=')} {_said(diagnostic.message)}"]
        marks = marks[1:]
    here = [mark for mark in marks if mark.span.source is source]
    elsewhere = [mark for mark in marks if mark.span.source is not source]
    shown_line = 0
    for mark in sorted(here, key=lambda mark: mark.line):  # stable: the finding before its labels
        lines += mark.lines(gutter, paint, repeat=mark.line != shown_line)
        shown_line = mark.line
    for mark in elsewhere:
        lines.append(f"{gutter} {paint(_BLUE, '::')} {visible(repr(mark.span))}")
        lines += mark.lines(gutter, paint, repeat=True)
    if diagnostic.help:
        lines.append(
            f"{gutter} {paint(_BLUE, '=')} {paint(_CYAN, 'help:')} {_said(diagnostic.help)}"
        )
    lines += _inserted(diagnostic, gutter, paint)
    for number, step in enumerate(diagnostic.steps, start=1):
        lines.append(
            f"{gutter} {paint(_BLUE, '=')} {paint(_CYAN, f'step {number}:')} {_said(step.text)}"
        )
        if step.command:
            lines.append(f"{gutter}       $ {visible(step.command)}")
    return "\n".join(lines)


def _inserted(diagnostic: Diagnostic, gutter: str, paint: _Paint) -> Iterator[str]:
    """Yield the lines of a text to insert that is too long for the help to say."""
    for edit in diagnostic.fix:
        if edit.text.count("\n") >= _SHOWN_FIX:
            for line in edit.text.strip("\n").split("\n"):
                yield f"{gutter} {paint(_CYAN, '+')} {visible(line)}"


_SHOWN_FIX = 3
"""Lines from which on a text to insert is shown."""


def _said(text: str) -> str:
    """Return a message as one line; of a very long one the beginning and the end."""
    if len(text) > _MESSAGE_LIMIT:
        text = f"{text[: _MESSAGE_LIMIT // 2]} ... {text[-_MESSAGE_LIMIT // 2 :]}"
    return visible(text)


class _Mark:
    """A place that is underlined, with what is said about it."""

    def __init__(self, span: Span, sign: str, style: str, message: str) -> None:
        self.span = span
        self.sign = sign
        self.style = style
        self.message = message
        self.line, self.column = span.source.position(span.start)

    def lines(self, gutter: str, paint: _Paint, *, repeat: bool) -> list[str]:
        """Return the underline, and above it the source line unless that has been shown."""
        before, marked, behind = self._cut()
        bar = paint(_BLUE, "|")
        underline = paint(self.style, f"{self.sign * max(width(marked), 1)} {_said(self.message)}")
        under = f"{gutter} {bar} {' ' * width(before)}{underline}"
        if not repeat:
            return [under]
        number = paint(_BLUE, str(self.line).rjust(len(gutter)))
        return [f"{number} {bar} {shown(before + marked + behind).rstrip()}".rstrip(), under]

    def _cut(self) -> tuple[str, str, str]:
        """Return the line before, in and behind the place; of a very long line what is near."""
        text = self.span.source.text
        first, last = self.span.source.bounds(self.line)
        start = min(self.span.start, last)
        stop = min(max(self.span.end, start), last)
        if last - first <= _LINE_LIMIT:
            return text[first:start], text[start:stop], text[stop:last]
        # Nothing as long as the line is made: there may be as many findings on it as it is long.
        before = text[first:start] if start - first <= 60 else f"...{text[start - 57 : start]}"
        marked = text[start:stop] if stop - start <= 80 else f"{text[start : start + 77]}..."
        behind = text[stop:last] if last - stop <= 40 else f"{text[stop : stop + 37]}..."
        return before, marked, behind


def _summary(found: tuple[Diagnostic, ...]) -> str:
    number = counts(found)
    parts = [f"{number[s]} {_NOUNS[s][number[s] != 1]}" for s in SEVERITIES if number[s]]
    files = len({d.span.source.path for d in found})
    return ", ".join(parts) + (f" in {files} files" if files > 1 else "")
