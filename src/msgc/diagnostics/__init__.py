"""What msgc has to say about a file: codes, diagnostics, and the outcome of a phase."""

from msgc.diagnostics.diagnostic import Code, Diagnostic, Edit, Label, Outcome, Severity
from msgc.diagnostics.nearest import did_you_mean, nearest

__all__ = [
    "Code", "Diagnostic", "Edit", "Label", "Outcome", "Severity", "did_you_mean", "nearest",
]  # fmt: skip
