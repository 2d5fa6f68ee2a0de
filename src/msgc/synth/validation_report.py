"""Turn what CDK's validation reports into findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgc.diagnostics import Diagnostic
from msgc.source import Span
from msgc.stack import Stack
from msgc.synth import codes
from msgc.synth.written_at import resource_at

FILE = "validation-report.json"


def findings(outdir: Path, span: Span, stacks: list[Stack]) -> tuple[Diagnostic, ...]:
    """Return the findings in the report of a cloud assembly; none if there is no report.

    They are where the file declares what they are about, of `stacks`; else at `span`.
    """
    try:
        report = json.loads((outdir / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(
        _diagnostic(violation, span, stacks)
        for plugin in report.get("pluginReports", ())
        for violation in plugin.get("violations", ())
    )


def _diagnostic(violation: dict[str, Any], span: Span, stacks: list[Stack]) -> Diagnostic:
    error = violation.get("severity") in {"error", "fatal"}
    code = codes.TEMPLATE_INVALID if error else codes.TEMPLATE_WARNING
    where = [
        construct.get("constructPath", "").replace("/Resource", "")
        for construct in violation.get("violatingConstructs", ())
    ]
    said = " ".join(str(violation.get("description", "")).split()).rstrip(".")
    place = f" (`{', '.join(where)}`)" if where else ""
    rule = violation.get("ruleName", "")
    about = next(filter(None, (resource_at(path, stacks) for path in where)), None)
    span = span if about is None else about.declared.key
    return code.at(span, f"{said}{place}", help=f"CloudFormation's rule {rule}" if rule else None)
