from __future__ import annotations

from pathlib import Path

import pytest

from msgc.diagnostics import Code
from msgc.lint.codes import CODES
from msgc.lint.later import LaterRule, loaded
from msgc.lint.registry import RULES
from msgc.lint.rule import RULE_CRASHED, Rule
from tests.lint.phases import checked, completed, examples

RESOURCE_LIMITS = {"too-many-resources": 10, "nearly-full-stack": 12}
"""The one example that would be too long to read stands for a longer one."""

named = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code.name)


@named
def test_the_first_example_raises_exactly_the_rule(rule: Rule | LaterRule) -> None:
    example = examples(rule.code.explain())[0]
    found = checked(completed(example), resource_limit=RESOURCE_LIMITS.get(rule.code.name, 500))
    assert {d.code.name for d in found} == {rule.code.name}, [
        f"{d.span!r} {d.code.name} {d.message}" for d in found
    ]
    assert {d.code.severity for d in found} == {rule.code.severity}


@named
def test_what_to_write_instead_is_clean(rule: Rule | LaterRule) -> None:
    _, *instead = examples(rule.code.explain())
    assert instead
    for example in instead:
        found = checked(completed(example), resource_limit=RESOURCE_LIMITS.get(rule.code.name, 500))
        assert not found, [f"{d.span!r} {d.code.name} {d.message}" for d in found]


@named
def test_a_finding_reads_like_one(rule: Rule | LaterRule) -> None:
    example = examples(rule.code.explain())[0]
    limit = RESOURCE_LIMITS.get(rule.code.name, 500)
    for diagnostic in checked(completed(example), resource_limit=limit):
        message = diagnostic.message
        assert "\n" not in message
        assert not message.endswith(".")
        assert (
            message[0] == "`"
            or not message[0].isupper()
            or message.split()[0].isupper()
            or (message.startswith(("Lambda", "SQS", "SNS", "EventBridge")))
        )
        assert diagnostic.help, "a finding says what to do"


@named
def test_every_rule_has_a_file_a_case_and_a_source(rule: Rule | LaterRule) -> None:
    module = rule.code.name.replace("-", "_")
    assert loaded(rule).check.__module__ == f"msgc.lint.rules.{module}"
    assert (Path(__file__).parent.parent / "cases/lint" / rule.code.name).is_dir()
    if not rule.code.id.startswith("MSG7") and rule.code.name != "names-collide":
        assert "https://docs.aws.amazon.com/" in rule.code.explain()


def test_every_file_is_registered() -> None:
    folder = Path(__file__).parents[2] / "src/msgc/lint/rules"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {rule.code.name.replace("-", "_") for rule in RULES} == files


def test_ids_and_names_are_unique_and_in_order() -> None:
    ids = [rule.code.id for rule in RULES]
    assert ids == sorted(set(ids))
    assert len({code.name for code in CODES}) == len(CODES) == len(RULES) + 1
    assert RULE_CRASHED in CODES


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_explanations_start_with_a_sentence_at_the_margin(code: Code) -> None:
    first, _, rest = code.explain().partition("\n")
    assert first.endswith(".")
    assert not any(line.startswith("    ") for line in rest.split("```")[0].splitlines())


def test_options_of_a_consumer_that_nothing_comes_to_are_not_told_as_well() -> None:
    """That nothing comes to it is the mistake; its options may be right."""
    text = completed(
        "queues: {jobs: {messages: [OrderPlaced], external: true}}\n"
        "consumers: {worker: {function: {code: worker, retries: 1}, batch: {size: 5}}}\n"
        "producers: {shop: {publishes: [{queue: jobs}]}}\n"
    )
    assert {d.code.name for d in checked(text)} == {"consumer-without-source"}
