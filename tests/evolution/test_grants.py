"""Rights that are withdrawn from code which the stack doesn't deploy."""

from __future__ import annotations

import pytest

from tests.evolution.judged import inventory, judged, said

SHOP = """\
version: 1
service: shop
messages:
  Placed: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
queues:
  jobs: {messages: [Placed], external: true}
  letters: {messages: [Placed], external: true}
topics:
  orders: {messages: [Placed], external: true}
consumers:
  worker:
    from: {queue: jobs}
    worker: {role: provided}
    publishes: [{topic: orders}, {queue: letters}]
  made:
    from: {topic: orders}
    function: {code: app}
    publishes: [{queue: letters}, {queue: jobs}]
  given: {from: {topic: orders}, function: provided, reads: [{queue: jobs}, {queue: letters}]}
producers:
  web: {role: provided, publishes: [{queue: jobs}, {topic: orders}]}
  desk: {publishes: [{queue: jobs}, {topic: orders}]}
  uploads:
    service: s3.amazonaws.com
    arn: "arn:aws:s3:::x"
    publishes: [{queue: jobs}, {queue: letters}]
"""
REFUSED = "what of it still runs outside of the stack is refused there"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "web: {role: provided, publishes: [{queue: jobs}, {topic: orders}]}",
            "web: {role: provided, publishes: [{queue: jobs}]}",
            f"`web` may no longer publish to `topic/orders`: {REFUSED}",
        ),
        (
            "desk: {publishes: [{queue: jobs}, {topic: orders}]}",
            "desk: {publishes: [{queue: letters}]}",
            f"`desk` may no longer publish to `queue/jobs` or publish to `topic/orders`: {REFUSED}",
        ),
        (
            "[{topic: orders}, {queue: letters}]",
            "[{topic: orders}]",
            f"`worker` may no longer publish to `queue/letters`: {REFUSED}",
        ),
        (
            "reads: [{queue: jobs}, {queue: letters}]",
            "reads: [{queue: jobs}]",
            f"`given` may no longer read `queue/letters`: {REFUSED}",
        ),
    ],
)
def test_it_is_told_of_what_stays_outside(old: str, new: str, told: str) -> None:
    assert old in SHOP
    found = judged(SHOP.replace(old, new), inventory(SHOP)).diagnostics
    assert [(d.code.name, d.message) for d in found] == [("grant-withdrawn", told)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("publishes: [{queue: letters}, {queue: jobs}]", "publishes: [{queue: jobs}]"),
        ("publishes: [{queue: jobs}, {queue: letters}]", "publishes: [{queue: jobs}]"),
        ("  web: {role: provided, publishes: [{queue: jobs}, {topic: orders}]}\n", ""),
        ("  web: {role", "  site: {role"),
    ],
)  # fmt: skip
def test_it_is_not_told_of_what_goes_along_or_is_gone(old: str, new: str) -> None:
    assert old in SHOP
    assert said(judged(SHOP.replace(old, new), inventory(SHOP)).diagnostics) == []


def test_a_place_that_is_gone_takes_its_rights_along() -> None:
    text = SHOP.replace("  letters: {messages: [Placed], external: true}\n", "")
    text = text.replace(", {queue: letters}", "").replace("{queue: letters}, ", "")
    found = judged(text, inventory(SHOP)).diagnostics
    assert {d.code.name for d in found} == {"edit-loses-data"}
