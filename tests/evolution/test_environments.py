"""What an edit loses in some of a file's environments, and what they are protected by."""

from __future__ import annotations

from msgc.evolution.intent import Intent
from tests.evolution.judged import inventory, judged, said

ALONE = """\
version: 1
service: shop
messages:
  Placed: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
topics:
  orders: {messages: [Placed]}
queues:
  jobs: {messages: [Placed], external: subscribe, retention: 10d}
subscriptions:
  mail: {from: {topic: orders}, to: {email: ops@example.com}}
"""
SHOP = f"""\
{ALONE}environments:
  dev:
    subscriptions: {{mail: {{to: {{email: dev@example.com}}}}}}
    queues: {{jobs: {{retention: 8d}}}}
  prod: {{}}
"""
HELD = inventory(SHOP)


def test_lines() -> None:
    lines = {text.partition("key: ")[2].partition(",")[0]: text for text in HELD.splitlines()}
    assert "names: {dev: shop-jobs-dev, prod: shop-jobs-prod}" in lines["queue/jobs"]
    assert "keeps: {messages@dev: 8d, messages@prod: 10d}" in lines["queue/jobs"]
    assert "protected: [prod]" in lines["queue/jobs"]
    assert "only: [dev]" in lines["subscription/mail/dev"]
    assert "only: [prod], protected: [prod]" in lines["subscription/mail/prod"]
    assert judged(SHOP, HELD).text == HELD
    assert judged(SHOP, HELD).diagnostics == ()


def test_what_is_lost_where_nothing_is_protected_is_a_warning() -> None:
    found = judged(SHOP.replace("retention: 8d", "retention: 2d"), HELD).diagnostics
    (text,) = said(found)
    assert text == (
        "14: edit-loses-unprotected-data: the queue `shop-jobs-dev` keeps messages for 2 days, and "
        "kept them for 8 days: older ones would be deleted in `dev`"
    )
    found = judged(SHOP.replace("dev@example.com", "all@example.com"), HELD).diagnostics
    assert [d.code.name for d in found] == ["edit-loses-unprotected-data"]


def test_what_is_lost_where_something_is_protected_is_an_error() -> None:
    found = judged(SHOP.replace("retention: 10d", "retention: 9d"), HELD).diagnostics
    (text,) = said(found)
    assert text == (
        "8: edit-loses-data: the queue `shop-jobs-prod` keeps messages for 9 days, and kept them "
        "for 10 days: older ones would be deleted in `prod`"
    )
    renamed = SHOP.replace("jobs", "work")
    (one,) = judged(renamed, HELD).diagnostics
    assert one.code.name == "edit-loses-data"
    assert "would be deleted in `dev` and `prod`" in one.message
    meant = Intent(accepted=("queue/jobs",), why="empty")
    assert judged(renamed, HELD, meant).diagnostics == ()


def test_what_was_protected_is_what_counts() -> None:
    lowered = SHOP.replace("  prod: {}", "  prod: {protected: false}").replace("jobs", "work")
    assert [d.code.name for d in judged(lowered, HELD).diagnostics] == ["edit-loses-data"]


def test_environments_come_to_a_file() -> None:
    plain = SHOP.replace("  prod: {}", "  prod: {names: plain}")
    assert said(judged(plain, inventory(ALONE)).diagnostics) == []
    found = judged(SHOP, inventory(ALONE)).diagnostics
    assert [d.code.name for d in found] == ["first-environments"]


def test_an_environment_comes_and_goes() -> None:
    more = SHOP + "  test: {protected: false}\n"
    assert judged(more, HELD).diagnostics == ()
    assert judged(SHOP, inventory(more)).diagnostics == ()


GONE = (
    "11: environment-gone: the environment `prod` is gone: what is deployed of it stays as it is, "
    "and nothing updates it any more"
)


def test_a_protected_environment_that_goes() -> None:
    found = judged(SHOP.replace("  prod: {}\n", ""), HELD)
    assert said(found.diagnostics) == [GONE]
    meant = Intent(accepted=("environment/prod",), why="closed")
    found = judged(SHOP.replace("  prod: {}\n", ""), HELD, meant)
    assert found.diagnostics == ()
    assert found.text is not None
    assert found.text.endswith("gone:\n  - {key: environment/prod, why: closed}\n")


def test_an_environment_with_another_name_is_one_finding() -> None:
    (one,) = judged(SHOP.replace("  prod: {}", "  live: {}"), HELD).diagnostics
    assert said([one]) == [GONE.replace("11: ", "15: ")]  # at the new one
    assert one.help is not None
    assert one.help.startswith("write `was: prod` under `live` if it is the same")
    assert [edit.text for edit in one.fix] == ["was: prod"]
    after = judged(SHOP.replace("  prod: {}", "  live: {was: prod}"), HELD)
    assert after.diagnostics == ()
    assert after.text == HELD


def test_the_first_environments_of_a_file_are_told_once() -> None:
    held = inventory(ALONE)
    both = f"{ALONE}environments: {{dev: {{}}, prod: {{}}}}\n"
    (one,) = judged(both, held).diagnostics
    assert one.code.name == "first-environments"
    assert "`prod: {names: plain}`" in (one.help or "")
    accepted = judged(both, held, Intent(accepted=("environments",), why="never used"))
    assert accepted.diagnostics == ()
    assert "never used" in (accepted.text or "")
    plain = both.replace("prod: {}", "prod: {names: plain}")
    assert judged(plain, held).diagnostics == ()
