"""A finding with its place, the code it belongs to, and the outcome of a phase."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from msgc.record import Record
from msgc.source import Span

Severity = Literal["error", "warning", "info"]
T_co = TypeVar("T_co", covariant=True)


class Code(Record):
    """A kind of finding: `MSG301`, a name that reads well after "ignore", and why it matters.

    `explanation` is Markdown: what is wrong, why, and what to write instead; it is what
    `msgc explain` prints and what the docs page says.
    """

    id: str
    name: str
    severity: Severity
    explanation: str

    def at(self, span: Span, message: str, **details: Any) -> Diagnostic:
        """Return a diagnostic of this code; `details` are fields of `Diagnostic`."""
        return Diagnostic(code=self, span=span, message=message, **details)


class Label(Record):
    """A second place that belongs to a finding: "declared here"."""

    span: Span
    message: str


class Edit(Record):
    """One replacement of text that mends a finding."""

    span: Span
    text: str


class Diagnostic(Record):
    """One finding: where, what is wrong, and what would be right.

    `message` is one line without a full stop; `help` says what to do; `fix` is a set of edits
    that can be applied as they are.
    """

    code: Code
    span: Span
    message: str
    help: str | None = None
    labels: tuple[Label, ...] = ()
    fix: tuple[Edit, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether this stops the pipeline."""
        return self.code.severity == "error"


class Outcome(Generic[T_co]):
    """What a phase returns: a value, or none, and everything it has to say.

    A phase that found errors may still have a value that later phases can check; `ok` says
    whether there is a value and no error.
    """

    __slots__ = ("diagnostics", "value")

    def __init__(self, value: T_co | None, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        self.value = value
        self.diagnostics = diagnostics

    @property
    def ok(self) -> bool:
        """Whether there is a value and no error."""
        return self.value is not None and not any(d.is_error for d in self.diagnostics)
