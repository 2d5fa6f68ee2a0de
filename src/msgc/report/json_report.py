"""Diagnostics as one JSON object, for programs; its schema is schemas/diagnostics.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from msgc.diagnostics import Diagnostic, in_order
from msgc.report.counts import counts
from msgc.source import Span


def json_report(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the report, without a line end."""
    return json.dumps(findings(diagnostics), indent=2, ensure_ascii=False)


def findings(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return the report as an object; lines and columns count from 1, the end is open."""
    found = in_order(diagnostics)
    return {
        "version": 1,
        "diagnostics": [_finding(diagnostic) for diagnostic in found],
        "summary": counts(found),
    }


def _finding(diagnostic: Diagnostic) -> dict[str, Any]:
    code, span = diagnostic.code, diagnostic.span
    end_line, end_column = span.source.position(max(span.end, span.start))
    return {
        "id": code.id,
        "name": code.name,
        "severity": code.severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_place(span),
        "end_line": end_line,
        "end_column": end_column,
        "labels": [{"message": label.message, **_place(label.span)} for label in diagnostic.labels],
    }


def _place(span: Span) -> dict[str, Any]:
    line, column = span.source.position(span.start)
    return {"file": span.source.path, "line": line, "column": column}
