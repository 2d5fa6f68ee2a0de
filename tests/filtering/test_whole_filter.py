"""What is said when the messages of an edge and its filter have nothing in common."""

from __future__ import annotations

import pytest

from tests.links.linked import outcome_of


@pytest.mark.parametrize(
    ("count", "told", "more"),
    [(2, 2, ""), (3, 3, ""), (4, 3, "; and 1 more"), (6, 3, "; and 3 more")],
)
def test_three_types_are_told_why_they_never_pass(count: int, told: int, more: str) -> None:
    """The filter wants fields of two messages in one."""
    text = "version: 1\nservice: shop\nmessages:\n"
    for i in range(count):
        text += f"  M{i}: {{schema: {{type: object, properties: {{f{i}: {{type: string}}}}}}}}\n"
    names = ", ".join(f"M{i}" for i in range(count))
    text += f"topics: {{t: {{messages: [{names}]}}}}\nqueues: {{q: {{external: true}}}}\n"
    text += "subscriptions: {s: {from: {topic: t}, to: {queue: q}, filter: {f0: [a], f1: [b]}}}\n"
    (found,) = outcome_of(text).diagnostics
    assert found.code.name == "filter-never-matches"
    assert [i for i in range(count) if f"of `M{i}`, there is no " in found.message] == [
        *range(told)
    ]
    assert found.message.partition("`M0`")[2].endswith(more or "there is no `f0`")
