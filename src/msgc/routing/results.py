"""The results of routing and of tests; apart from the router, which few have to load."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.record import Record
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.model import Test


class Refusal(Record):
    """An edge that a message doesn't take."""

    edge: Subscription
    reason: str
    """In words, as a part of a sentence."""
    field: str
    """The field that decided, by its dotted name; the empty text if no field did."""
    span: Span
    """The clause in the file that decided."""


class TestResult(Record):
    """A test, and what was wrong; nothing if it passed."""

    test: Test
    diagnostics: tuple[Diagnostic, ...]
    environment: str = ""
    """In which it was run; empty without environments."""
