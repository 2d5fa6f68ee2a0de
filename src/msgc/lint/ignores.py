"""Apply comments `# msgc: ignore[rule] reason`, and report those that do nothing."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import Code, Diagnostic, Room, did_you_mean
from msgc.lint.codes import CODES as RULES
from msgc.source import Source
from msgc.syntax import Document

ROOM = Room(__file__)
UNKNOWN_IGNORE = ROOM.code("MSG790", "unknown-ignore", "warning")
UNUSED_IGNORE = ROOM.code("MSG791", "unused-ignore", "warning")

CODES = (UNKNOWN_IGNORE, UNUSED_IGNORE)


def apply_ignores(
    document: Document, diagnostics: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that aren't ignored, and what is wrong with the ignores themselves.

    An ignore isn't called unused while there are errors: mending those may give it its use.
    """
    if not document.ignores:
        return diagnostics
    rules = {word: code for code in RULES for word in (code.name, code.id)}
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
    return (*kept, *_unknown(document, rules))


def _unknown(document: Document, rules: dict[str, Code]) -> Iterator[Diagnostic]:
    names = {code.name for code in rules.values()}
    unknown = (s for ignore in document.ignores for s in ignore.rules if s.text not in rules)
    for scalar in unknown:
        yield UNKNOWN_IGNORE.at(
            scalar.span,
            f"there is no rule `{scalar.text}`",
            help=did_you_mean(scalar.text, names),
        )
