"""The order in which findings are told, and how many there are of each severity."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.diagnostics import Diagnostic, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the findings by file, then by place; at the same place, errors first."""
    return sorted(diagnostics, key=_key)


def _key(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span, code = diagnostic.span, diagnostic.code
    rank = SEVERITIES.index(code.severity)
    return span.source.path, span.start, rank, code.id, diagnostic.message


def counts(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """Return how many findings there are of each severity."""
    number: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for diagnostic in diagnostics:
        number[diagnostic.code.severity] += 1
    return number
