"""Rules that are imported for files which have one of their words."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from msgc.lint.later import LaterRule
from msgc.lint.registry import RULES
from msgc.lint.subject import Subject
from msgc.pipeline.check import analyse
from tests.files import messaging

if TYPE_CHECKING:
    from msgc.links.model import Links

LATER = [rule for rule in RULES if isinstance(rule, LaterRule)]


def test_there_are_some() -> None:
    assert LATER


@pytest.mark.parametrize("rule", LATER, ids=lambda rule: rule.code.name)
def test_the_row_says_what_the_rule_is(rule: LaterRule) -> None:
    """That its words are right is what its examples and the corpus show: they find it."""
    module = rule.code.name.replace("-", "_")
    code = getattr(import_module(f"msgc.lint.rules.{module}"), module).code
    assert (code.id, code.name, code.severity) == (
        rule.code.id,
        rule.code.name,
        rule.code.severity,
    )
    assert rule.code.explain() == code.explain()
    assert rule.words
    assert rule.rule.code is rule.code, "comments that ignore findings go by it"


def test_words_are_those_of_the_language() -> None:
    outcome = analyse(
        "messaging.yaml",
        messaging("""\
version: 1
service: shop
messages: {Placed: {schema: {type: object, properties: {fifo: {type: string}}}, deprecated: old}}
topics: {orders: {messages: [Placed], external: true}}
queues: {jobs: {}}
subscriptions: {to-jobs: {from: {topic: orders}, to: {queue: jobs}, filter: {http: [a]}}}
consumers: {jobs: {from: {queue: jobs}, function: provided}}
tests: [{name: a, publish: {topic: orders, message: Placed, payload: {fifo: b}}, not: [queue/jobs]}]
"""),
    )
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    links: Links = outcome.value.links
    words = Subject(links.topology, links).words
    assert {"deprecated", "subscriptions", "filter"} - words == {"filter"}
    assert words.isdisjoint({"fifo", "http", "service", "version"})


def test_a_small_file_imports_none_of_them() -> None:
    program = (
        "import sys\n"
        "from msgc.pipeline.check import analyse\n"
        "from tests.files import messaging\n"
        "analyse('m.yaml', messaging('version: 1\\nservice: shop\\nqueues: {jobs: {}}\\n'))\n"
        "print([m for m in sys.modules if m.startswith('msgc.lint.rules.')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    imported = done.stdout
    for rule in LATER:
        assert f"'msgc.lint.rules.{rule.code.name.replace('-', '_')}'" not in imported
