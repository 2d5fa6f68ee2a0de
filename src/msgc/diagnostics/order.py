"""The order in which findings are told."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.diagnostics.diagnostic import Diagnostic, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""The gravest first."""


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings by file, then by place; at the same place, errors first."""
    return tuple(sorted(diagnostics, key=_key))


def _key(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span, code = diagnostic.span, diagnostic.code
    rank = SEVERITIES.index(code.severity)
    return span.source.path, span.start, rank, code.id, diagnostic.message
