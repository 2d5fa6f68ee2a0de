"""Apply comments `# msgc: ignore[rule] reason`, and report those that do nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgc.diagnostics import Code, Diagnostic, Room, did_you_mean
from msgc.lint.codes import CODES as RULES
from msgc.source import Source
from msgc.syntax import Document
from msgc.workspace.codes import OF_SEVERAL

ROOM = Room(__file__)
UNKNOWN_IGNORE = ROOM.code("MSG790", "unknown-ignore", "warning")
UNUSED_IGNORE = ROOM.code("MSG791", "unused-ignore", "warning")

CODES = (UNKNOWN_IGNORE, UNUSED_IGNORE)

Ignored = tuple[str, str, int]
"""The id of a finding, and the file and the line where it is ignored."""


def apply_ignores(
    document: Document, diagnostics: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that aren't ignored, and what is wrong with the ignores themselves.

    An ignore isn't called unused while there are errors: mending those may give it its use.
    """
    if not document.ignores:
        return diagnostics
    rules = _words(RULES)
    wanted = {
        (rules[scalar.text], ignore.span.source, ignore.line): scalar
        for ignore in document.ignores
        for scalar in ignore.rules
        if scalar.text in rules
    }
    used: set[tuple[Code, Source, int]] = set()
    kept: list[Diagnostic] = []
    for diagnostic in diagnostics:
        span = diagnostic.span
        key = (diagnostic.code, span.source, span.source.position(span.start)[0])
        if key in wanted:
            used.add(key)
        else:
            kept.append(diagnostic)
    if not any(d.is_error for d in kept):
        kept += (
            UNUSED_IGNORE.at(
                scalar.span,
                f"`{scalar.text}` finds nothing on line {line}",
                help="take the comment away",
            )
            for (code, source, line), scalar in wanted.items()
            if (code, source, line) not in used
        )
    return (*kept, *_unknown(document, rules | _words(OF_SEVERAL)))


def ignored_of_several(document: Document) -> tuple[Ignored, ...]:
    """Return what comments of a file ignore of findings about several services together."""
    rules = _words(OF_SEVERAL)
    return tuple(
        (rules[scalar.text].id, ignore.span.source.path, ignore.line)
        for ignore in document.ignores
        for scalar in ignore.rules
        if scalar.text in rules
    )


def is_ignored(diagnostic: Diagnostic, ignored: Collection[Ignored]) -> bool:
    """Whether a comment ignores a finding about several services."""
    span = diagnostic.span
    line, _ = span.source.position(span.start)
    return (diagnostic.code.id, span.source.path, line) in ignored


def _words(codes: Iterable[Code]) -> dict[str, Code]:
    return {word: code for code in codes for word in (code.name, code.id)}


def _unknown(document: Document, rules: dict[str, Code]) -> Iterator[Diagnostic]:
    names = {code.name for code in rules.values()}
    unknown = (s for ignore in document.ignores for s in ignore.rules if s.text not in rules)
    for scalar in unknown:
        yield UNKNOWN_IGNORE.at(
            scalar.span,
            f"there is no rule `{scalar.text}`",
            help=did_you_mean(scalar.text, names),
        )
