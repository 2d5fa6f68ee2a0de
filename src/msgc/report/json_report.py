"""The JSON reporter; its schema is schemas/diagnostics.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from msgc.diagnostics import Diagnostic, Step, in_order
from msgc.report.counts import counts
from msgc.report.report import Tested
from msgc.source import Span


def json_report(diagnostics: Iterable[Diagnostic], tests: tuple[Tested, ...] | None = None) -> str:
    """Return the report, without a line end; lines and columns count from 1, the end is open."""
    found = in_order(diagnostics)
    said: dict[str, Any] = {
        "version": 1,
        "diagnostics": [_finding(diagnostic) for diagnostic in found],
        "summary": counts(found),
    }
    if tests is not None:
        passed = sum(test.passed for test in tests)
        said["summary"] |= {"passed": passed, "failed": len(tests) - passed}
        said["tests"] = [_test(test) for test in tests]
    return json.dumps(said, indent=2, ensure_ascii=False)


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
        **({"steps": [_step(step) for step in diagnostic.steps]} if diagnostic.steps else {}),
    }


def _step(step: Step) -> dict[str, Any]:
    return {"text": step.text, "command": step.command or None}


def _test(test: Tested) -> dict[str, Any]:
    return {"name": test.name, "passed": test.passed, **_place(test.span)}


def _place(span: Span) -> dict[str, Any]:
    line, column = span.source.position(span.start)
    return {"file": span.source.path, "line": line, "column": column}
