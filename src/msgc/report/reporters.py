"""The reporters that `--format` chooses from, in the order in which they are offered.

A reporter is imported when it is called: where nothing is wrong, there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable

from msgc.record import Record
from msgc.report.report import Report


class Reporter(Record):
    """A format in which findings are printed."""

    name: str
    """What `--format` calls it."""
    description: str
    """Goes on after its name, in the help of `--format`."""
    report: Callable[[Report], str]
    """Returns the text without a last line end; the empty text if there is nothing to print."""
    for_people: bool = False
    """Whether it goes to stderr, coloured on a terminal, beside what a command prints to stdout.

    Any other format has stdout to itself.
    """
    is_json: bool = False
    """Whether its text is JSON, which has other escapes than lines for what can't be printed."""


def _text(report: Report) -> str:
    from msgc.report.text import text_report  # noqa: PLC0415  # 2 ms, for files with findings

    return text_report(report.diagnostics, color=report.color)


def _json(report: Report) -> str:
    from msgc.report.json_report import json_report  # noqa: PLC0415  # likewise

    return json_report(report.diagnostics, report.tests)


REPORTERS: tuple[Reporter, ...] = (
    Reporter(name="text", description="for people, to stderr", report=_text, for_people=True),
    Reporter(name="json", description="for programs, to stdout", report=_json, is_json=True),
)


def default() -> Reporter:
    """Return the format of a command that isn't told one."""
    return REPORTERS[0]


def named(name: str) -> Reporter:
    """Return the reporter of a name that is in the list."""
    return next(reporter for reporter in REPORTERS if reporter.name == name)
