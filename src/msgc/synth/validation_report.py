"""Turn what CDK's validation reports into findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgc.diagnostics import Diagnostic
from msgc.source import Span
from msgc.synth import codes

FILE = "validation-report.json"


def findings(outdir: Path, span: Span) -> tuple[Diagnostic, ...]:
    """Return the findings in the report of a cloud assembly; none if there is no report."""
    try:
        report = json.loads((outdir / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(
        _diagnostic(violation, span)
        for plugin in report.get("pluginReports", ())
        for violation in plugin.get("violations", ())
    )


def _diagnostic(violation: dict[str, Any], span: Span) -> Diagnostic:
    error = violation.get("severity") in {"error", "fatal"}
    code = codes.TEMPLATE_INVALID if error else codes.TEMPLATE_WARNING
    where = [
        construct.get("constructPath", "").replace("/Resource", "")
        for construct in violation.get("violatingConstructs", ())
    ]
    said = " ".join(str(violation.get("description", "")).split()).rstrip(".")
    place = f" (`{', '.join(where)}`)" if where else ""
    rule = violation.get("ruleName", "")
    return code.at(span, f"{said}{place}", help=f"CloudFormation's rule {rule}" if rule else None)
