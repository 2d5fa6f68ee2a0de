"""Count findings by severity."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.diagnostics import SEVERITIES, Diagnostic, Severity


def counts(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """Return how many findings there are of each severity, the gravest first."""
    number: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for diagnostic in diagnostics:
        number[diagnostic.code.severity] += 1
    return number
