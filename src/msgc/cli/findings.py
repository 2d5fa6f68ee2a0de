"""Prints findings and decides the exit code; a machine format goes to stdout, text to stderr."""

from __future__ import annotations

import os
import sys

from msgc.cli.exit_codes import BUG, CLEAN, FAILED
from msgc.diagnostics import Diagnostic


def show(diagnostics: list[Diagnostic], form: str) -> None:
    """Print findings in the chosen format."""
    if form == "text" and not diagnostics:
        return
    # 2 ms, needed only if there is something to say
    from msgc import report  # noqa: PLC0415
    from msgc.cli.say import say, say_coloured, say_json  # noqa: PLC0415

    if form == "json":
        say_json(report.findings(diagnostics))
    else:
        color = colored(sys.stderr)
        text = report.text(tuple(diagnostics), color=color)
        (say_coloured if color else say)(text, err=True)


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
