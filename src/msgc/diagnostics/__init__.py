"""What msgc has to say about a file: codes, diagnostics, and the outcome of a phase."""

from msgc.diagnostics.diagnostic import (
    SEVERITIES,
    Code,
    Diagnostic,
    Edit,
    Findings,
    Label,
    Outcome,
    Room,
    Severity,
    Step,
    in_order,
)
from msgc.diagnostics.listing import listing
from msgc.diagnostics.nearest import bounded_hints, did_you_mean, nearest

__all__ = [
    "SEVERITIES", "Code", "Diagnostic", "Edit", "Findings", "Label", "Outcome", "Room", "Severity",
    "Step", "bounded_hints", "did_you_mean", "in_order", "listing", "nearest",
]  # fmt: skip
