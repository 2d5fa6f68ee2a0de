"""What came of a test; apart from what runs tests, so that files without tests don't load that."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.record import Record
from msgc.topology.model import Test


class TestResult(Record):
    """A test, and what was wrong; nothing if it passed."""

    test: Test
    diagnostics: tuple[Diagnostic, ...]
