from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from msgc.lint import lint
from msgc.lint.registry import RULES
from msgc.lint.rule import Finding, rule
from msgc.lint.subject import Subject
from tests.files import messaging
from tests.lint.phases import completed, resolved

WITHOUT_DLQ = completed(
    "queues: {jobs: {messages: [OrderPlaced], external: true, dead_letter: false}}\n"
    "producers: {shop: {publishes: [{queue: jobs}]}}\n"
)


@rule("MSG499", "error")
def broken_rule(subject: Subject) -> Iterator[Finding]:
    """A rule with a bug."""
    raise KeyError(subject.topology.service)
    yield  # a generator, as every rule is


def test_a_rule_that_crashes_is_reported_and_the_others_still_run() -> None:
    topology, delivery, _ = resolved("messaging.yaml", messaging(WITHOUT_DLQ))
    found = lint(topology, delivery, rules=(broken_rule, *RULES))
    assert [d.code.name for d in found] == ["rule-crashed", "queue-without-dlq"]
    assert found[0].message == "the rule `broken-rule` crashed: KeyError: 'shop'"
    assert found[0].is_error


def test_findings_come_in_the_order_of_the_file() -> None:
    text = completed(
        "queues:\n"
        "  a: {dead_letter: false}\n"
        "  b: {delay: 20m, messages: [OrderPlaced], external: subscribe}\n"
        "topics: {t: {messages: [OrderPlaced]}}\n"
    )
    topology, delivery, _ = resolved("messaging.yaml", messaging(text))
    starts = [d.span.start for d in lint(topology, delivery)]
    assert starts == sorted(starts)
    assert len(starts) == 7


def test_the_resource_limit_can_be_switched_off() -> None:
    topology, delivery, _ = resolved("messaging.yaml", messaging(WITHOUT_DLQ))
    names = {d.code.name for d in lint(topology, delivery, resource_limit=1)}
    assert "too-many-resources" in names
    assert {d.code.name for d in lint(topology, delivery, resource_limit=None)} < names


def test_importing_the_rules_loads_nothing_slow() -> None:
    script = "import sys, msgc.lint; print(*sorted(sys.modules))"
    loaded = subprocess.run(  # our own interpreter
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout.split()
    slow = {"dataclasses", "jsonschema", "importlib.metadata", "importlib.resources", "inspect",
            "difflib", "textwrap"}  # fmt: skip
    assert not slow & set(loaded)
