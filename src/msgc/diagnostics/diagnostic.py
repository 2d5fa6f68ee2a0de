"""A finding with its place, the code it belongs to and what explains it, and a phase's outcome."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, Generic, Literal, TypeVar

from msgc.record import Record
from msgc.source import Span

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""The gravest first."""

T_co = TypeVar("T_co", covariant=True)


class Code(Record):
    """A kind of finding: `MSG301`, a name that reads well after "ignore", and why it matters.

    `explain()` returns Markdown: what is wrong, why, and what to write instead; it is what
    `msgc explain` prints and what the docs page says.
    """

    id: str
    name: str
    severity: Severity
    explain: Callable[[], str]

    def at(self, span: Span, message: str, **details: Any) -> Diagnostic:
        """Return a diagnostic of this code; `details` are fields of `Diagnostic`."""
        return Diagnostic(code=self, span=span, message=message, **details)


class Room:
    """A folder of modules with codes: `explanations/` in it has a Markdown file for each, by name.

    A file is read when somebody asks for what it says, and never by a command that only finds.
    """

    __slots__ = ("_module",)

    def __init__(self, module: str) -> None:
        """Take the `__file__` of any module of the room."""
        self._module = module

    def code(
        self,
        id: str,  # noqa: A002  # the code's own word
        name: str,
        severity: Severity,
    ) -> Code:
        """Return a code of this room."""
        return Code(id=id, name=name, severity=severity, explain=lambda: self._explanation(name))

    def _explanation(self, name: str) -> str:
        path = os.path.join(os.path.dirname(self._module), "explanations", f"{name}.md")
        with open(path, encoding="utf-8") as file:
            return file.read()


class Label(Record):
    """A second place that belongs to a finding: "declared here"."""

    span: Span
    message: str


class Edit(Record):
    """One replacement of text that mends a finding."""

    span: Span
    text: str


class Step(Record):
    """One of several things to do, one after the other."""

    text: str
    command: str = ""
    """What to run for it, as it can be pasted into a shell."""


class Diagnostic(Record):
    """One finding: where, what is wrong, and what would be right.

    `message` is one line without a full stop; `help` says what to do; `fix` is a set of edits
    that can be applied as they are; `steps` are what to do in several deployments.
    """

    code: Code
    span: Span
    message: str
    help: str | None = None
    labels: tuple[Label, ...] = ()
    fix: tuple[Edit, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether this stops the pipeline."""
        return self.code.severity == "error"


class Findings:
    """Collects the diagnostics of a phase."""

    def __init__(self) -> None:
        """Start without any."""
        self.diagnostics: list[Diagnostic] = []

    def report(
        self,
        code: Code,
        span: Span,
        message: str,
        help: str | None = None,  # noqa: A002  # the diagnostic's own word
        *labels: Label,
    ) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(code.at(span, message, help=help, labels=labels))


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


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings by file, then by place; at the same place, errors first.

    What is found twice, as of an option that several targets share, is told once.
    """
    once: dict[object, Diagnostic] = {}
    for each in diagnostics:
        once.setdefault((_key(each), each.span.end), each)
    return tuple(sorted(once.values(), key=_key))


def _key(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span, code = diagnostic.span, diagnostic.code
    rank = SEVERITIES.index(code.severity)
    return span.source.path, span.start, rank, code.id, diagnostic.message
