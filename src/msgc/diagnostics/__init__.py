"""What msgc has to say about a file: codes, diagnostics, and the outcome of a phase."""

from msgc.diagnostics.diagnostic import Code, Diagnostic, Edit, Label, Outcome, Room, Severity
from msgc.diagnostics.listing import listing
from msgc.diagnostics.nearest import bounded_hints, did_you_mean, nearest
from msgc.diagnostics.order import SEVERITIES, in_order

__all__ = [
    "SEVERITIES", "Code", "Diagnostic", "Edit", "Label", "Outcome", "Room", "Severity",
    "bounded_hints", "did_you_mean", "in_order", "listing", "nearest",
]  # fmt: skip
