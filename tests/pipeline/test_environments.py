"""Findings of a file with environments: in which of them they are, and how they are silenced."""

from __future__ import annotations

import pytest

from msgc.pipeline.check import analyse, check
from tests.files import messaging

SHOP = """\
version: 1
service: shop
messages: {OrderPlaced: {schema: {type: object, properties: {id: {type: string}}}}}
queues: {invoicing: {messages: [OrderPlaced]}}
consumers: {invoicing: {from: {queue: invoicing}, function: provided}}
producers: {web: {publishes: [{queue: invoicing}]}}
"""
SHORT = "{invoicing: {dead_letter: {retention: 1d}}}"
"""Dead letters that are kept shorter than messages."""


def said(written: str) -> list[str]:
    return [d.message for d in analyse("messaging.yaml", messaging(SHOP + written)).diagnostics]


def test_a_finding_of_one_says_of_which() -> None:
    (message,) = said(f"environments: {{dev: {{queues: {SHORT}}}, test: , prod: }}\n")
    assert message.endswith(" (in `dev`)")


def test_a_finding_of_two_in_three_is_told_once() -> None:
    short = SHOP.replace("{messages: [OrderPlaced]}}\nc", "{messages: [OrderPlaced], dead_letter: "
                         "{retention: 1d}}}\nc")  # fmt: skip
    longer = "test: {queues: {invoicing: {dead_letter: {retention: 14d}}}}"
    outcome = analyse(
        "messaging.yaml", messaging(f"{short}environments: {{dev: , {longer}, prod: }}\n")
    )
    (found,) = outcome.diagnostics
    assert found.message.endswith(" (in `dev` and `prod`)")


def test_a_finding_of_all_is_told_once_and_as_without_environments() -> None:
    alone = SHOP.replace("messages: [OrderPlaced]}}\nconsumers", "messages: [OrderPlaced], "
                         "dead_letter: {retention: 1d}}}\nconsumers")  # fmt: skip
    one = [d.message for d in analyse("messaging.yaml", messaging(alone)).diagnostics]
    assert one
    each = f"{alone}environments: {{dev: {{}}, prod: }}\n"
    assert [d.message for d in analyse("messaging.yaml", messaging(each)).diagnostics] == one


def test_a_line_of_an_environment_is_silenced_by_a_comment() -> None:
    line = f"environments:\n  dev: {{}}\n  prod:\n    queues: {SHORT}"
    found = analyse("messaging.yaml", messaging(f"{SHOP}{line}\n")).diagnostics
    assert found
    names = ", ".join(sorted({d.code.name for d in found}))
    assert said(f"{line}  # msgc: ignore[{names}] it is looked at every day\n") == []


def test_anchors_and_merges_stand_in_environments() -> None:
    outcome = analyse(
        "messaging.yaml",
        messaging(
            f"{SHOP}environments:\n"
            "  dev: &all {queues: {invoicing: &kept {retention: 10d}}}\n"
            "  test: *all\n"
            "  prod: {queues: {invoicing: {<<: *kept, delay: 1m}}}\n"
        ),
    )
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    queues = [links.topology.queues["invoicing"] for links in outcome.value.variants]
    assert [str(queue.retention) for queue in queues] == [str(10 * 86_400)] * 3


def test_an_empty_environment_is_one() -> None:
    outcome = analyse("messaging.yaml", messaging(f"{SHOP}environments:\n  dev:\n  prod:\n"))
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    assert outcome.value.environments == ("dev", "prod")
    with pytest.raises(KeyError):
        outcome.value.within("pord")


def test_tests_run_in_each() -> None:
    test = "tests: [{name: a, publish: {queue: invoicing, message: OrderPlaced, payload: {}}, "
    outcome = check(
        "messaging.yaml",
        messaging(f"{SHOP}environments: {{dev: , prod: }}\n{test}reaches: [consumer/invoicing]}}]"),
    )
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    assert [test.environment for test in outcome.value.tests] == ["dev", "prod"]
    assert [test.environment for test in outcome.value.within("prod").tests] == ["prod"]


ELSEWHERE = """\
version: 1
service: vault
messages: {Paid: {schema: {type: object, properties: {id: {type: string}}}}}
queues:
  sealed:
    messages: [Paid]
    external: subscribe
    encryption: {key: {arn: "arn:aws:kms:us-east-1:111122223333:key/1b9d6bcd"}}
  jobs: {messages: [Paid]}
consumers:
  clerk:
    from: {queue: jobs}
    function: {arn: "arn:aws:lambda:eu-west-1:111122223333:function:clerk", timeout: 30s}
producers: {till: {publishes: [{queue: sealed}, {queue: jobs}]}}
environments:
  dev: {account: "444455556666", region: eu-west-1}
  prod:
    account: "111122223333"
    region: us-east-1
    consumers:
      clerk: {function: {arn: "arn:aws:lambda:us-east-1:111122223333:function:clerk"}}
"""


def test_what_is_elsewhere_than_its_environment() -> None:
    """A key of another Region, a function of another account: the environment says where it is."""
    said = [d.message for d in analyse("messaging.yaml", messaging(ELSEWHERE)).diagnostics]
    key, function = said
    assert key.startswith("the key `kms-1b9d6bcd` is in us-east-1, environment `dev` in eu-west-1")
    assert "account 111122223333, environment `dev` in account 444455556666" in function
    assert all(each.endswith(" (in `dev`)") for each in said)


def test_what_the_owner_of_a_key_adds_is_told_of_each_environment() -> None:
    topic = "topics: {t: {messages: [Paid], external: publish}}\n"
    edge = "subscriptions: {s: {from: {topic: t}, to: {queue: sealed}}}\n"
    text = ELSEWHERE.replace("queues:", f"{topic}{edge}queues:", 1)
    found = analyse("messaging.yaml", messaging(text)).diagnostics
    (told,) = {d.help for d in found if d.code.id == "MSG633"}
    assert told is not None
    dev, prod = told.split("; in `prod`: ")
    assert dev.startswith("in `dev`: its policy has to have {")
    assert "arn:aws:sns:eu-west-1:444455556666:vault-t-dev" in dev
    assert "arn:aws:sns:us-east-1:111122223333:vault-t-prod" in prod
