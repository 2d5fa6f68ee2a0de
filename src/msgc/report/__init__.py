"""Diagnostics to text and JSON."""

from collections.abc import Callable

from msgc.diagnostics import Diagnostic
from msgc.report.json_report import findings
from msgc.report.json_report import json_report as json
from msgc.report.text import text

REPORTERS: dict[str, Callable[[tuple[Diagnostic, ...]], str]] = {
    "text": text,
    "json": json,
}

__all__ = ["REPORTERS", "findings", "json", "text"]
