from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.lint.ignores import apply_ignores
from msgc.lint.rules.queue_without_dlq import queue_without_dlq
from msgc.source import Source, Span
from msgc.syntax import Document, load
from tests.files import messaging
from tests.lint.phases import checked, completed


def document(text: str) -> Document:
    found = load("messaging.yaml", messaging(text)).value
    assert found is not None
    return found


def finding(source: Source) -> Diagnostic:
    """One on the first line."""
    return queue_without_dlq.code.at(Span(source, 0, 1), "no dead-letter queue")


def test_an_ignore_silences_its_line() -> None:
    ignoring = document("a: 1  # msgc: ignore[queue-without-dlq] replayed\n")
    assert apply_ignores(ignoring, (finding(ignoring.source),)) == ()


def test_an_ignore_speaks_of_its_own_file() -> None:
    ignoring = document("a: 1  # msgc: ignore[queue-without-dlq] replayed\n")
    elsewhere = finding(Source("schemas/order.json", "{}"))
    kept = apply_ignores(ignoring, (elsewhere,))
    assert kept[0] is elsewhere
    assert [d.code.name for d in kept[1:]] == ["unused-ignore"]


def test_an_ignore_is_not_called_unused_while_there_are_errors() -> None:
    unused = "queues: {jobs: {}}  # msgc: ignore[queue-without-dlq] it has one\n"
    ignoring = document(completed(unused))
    found = tuple(checked(completed("queues: {jobs: {delay: 20m}}\n")))
    assert any(d.is_error for d in found)
    assert {d.code.name for d in apply_ignores(ignoring, found)} == {d.code.name for d in found}
    assert "unused-ignore" in {d.code.name for d in apply_ignores(ignoring, ())}
