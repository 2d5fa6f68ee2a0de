"""`Report`: what a reporter prints, the findings of a run and the results of tests."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.record import Record
from msgc.source import Span


class Tested(Record):
    """A test of a messaging.yaml that was run."""

    name: str
    passed: bool
    span: Span


class Report(Record):
    """Everything that one run of a command has to tell."""

    diagnostics: tuple[Diagnostic, ...]
    tests: tuple[Tested, ...] | None = None
    """None for a command that runs no tests."""
    color: bool = False
