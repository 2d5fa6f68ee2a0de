"""`Rule`: a generator of findings whose docstring explains them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgc.diagnostics import Code, Edit, Label, Room, Severity, Step
from msgc.lint.subject import Subject
from msgc.record import Record
from msgc.source import Span

RULE_CRASHED = Room(__file__).code("MSG901", "rule-crashed", "error")


class Finding(Record):
    """One place where a rule is broken; `lint` makes a diagnostic of it."""

    span: Span
    message: str
    help: str | None
    labels: tuple[Label, ...]
    fix: tuple[Edit, ...] = ()
    steps: tuple[Step, ...] = ()


Check = Callable[[Subject], Iterator[Finding]]


class Rule(Record):
    """One rule: its code, made from the name and the docstring of `check`."""

    code: Code
    check: Check
    absence: bool
    """Whether what it finds could go away by something being added elsewhere in the file."""


def rule(
    id: str,  # noqa: A002  # the code's own word
    severity: Severity,
    *,
    absence: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a generator function.

    `absence` is true of a rule about something that isn't there (a source, a consumer, a
    dead-letter queue): where a part of the file is broken, it may be what is missing.

    The function's name is the rule's name, with hyphens for underscores, and its docstring the
    explanation: a sentence that says what is wrong, why it matters, a YAML example
    that raises exactly this rule, a second one that doesn't, and where AWS says so. The examples
    leave out `version`, `service` and the message `OrderPlaced`.
    """

    def decorate(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")

        def explain() -> str:
            return _unindented(check.__doc__ or "")

        code = Code(id=id, name=name, severity=severity, explain=explain)
        return Rule(code=code, check=check, absence=absence)

    return decorate


def found(
    span: Span,
    message: str,
    help: str | None = None,  # noqa: A002  # the diagnostic's own word
    *labels: Label,
) -> Finding:
    """Return a finding."""
    return Finding(span=span, message=message, help=help, labels=labels)


def label(span: Span, message: str) -> Label:
    """Return a second place that belongs to a finding."""
    return Label(span=span, message=message)


def _unindented(docstring: str) -> str:
    """Return a docstring as Python 3.13 stores it: without the indentation of the function.

    `inspect.cleandoc` does more than this and costs the import of `inspect`.
    """
    head, _, rest = docstring.partition("\n\n")
    if rest.startswith("    "):
        rest = f"\n{rest}".replace("\n    ", "\n")[1:]
    return f"{head}\n\n{rest.rstrip()}\n" if rest else f"{head.rstrip()}\n"
