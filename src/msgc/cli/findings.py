"""Print findings, those for people to stderr, and decide the exit code."""

from __future__ import annotations

import os
import sys

from msgc.cli.console import say, say_coloured, say_json_text
from msgc.cli.exit_codes import BUG, CLEAN, FAILED
from msgc.diagnostics import Diagnostic
from msgc.report.report import Report, Tested
from msgc.report.reporters import Reporter, default


def show(
    diagnostics: list[Diagnostic],
    reporter: Reporter | None = None,
    tests: tuple[Tested, ...] | None = None,
) -> None:
    """Print findings in the chosen format, or for people."""
    reporter = reporter or default()
    if reporter.for_people and not diagnostics:
        return
    color = reporter.for_people and colored(sys.stderr)
    report = Report(diagnostics=tuple(diagnostics), tests=tests, color=color)
    text = reporter.report(report)
    if reporter.is_json:
        say_json_text(text)
    elif color:
        say_coloured(text, err=True)
    elif text:
        say(text, err=reporter.for_people)


def colored(stream: object) -> bool:
    """Whether to colour: a terminal that can, and no NO_COLOR (see no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or bool(getattr(stream, "isatty", bool)())


def status(diagnostics: list[Diagnostic], *, strict: bool) -> int:
    """Return the exit code that findings call for."""
    failing = {"error", "warning"} if strict else {"error"}
    if any(d.code.id.startswith("MSG9") for d in diagnostics):
        return BUG
    return FAILED if any(d.code.severity in failing for d in diagnostics) else CLEAN
