"""Filters where producers and rules meet, and messages whose type nobody knows."""

from __future__ import annotations

import pytest

from msgc.filtering.conditions import Condition, obstacle
from tests.links.linked import links_of, outcome_of

BASE = """\
version: 1
service: shop
messages:
  Paid: {schema: {type: object, properties: {lines: {type: array, items: {type: string}}}}}
  Seen: {schema: {type: object, properties: {id: {type: string}}}}
topics: {mixed: {messages: [Paid]}}
buses: {bus: {messages: [Seen]}}
queues: {work: {}}
producers: {shop: {publishes: [{topic: mixed}]}}
subscriptions:
  feed: {from: {bus: bus}, to: {topic: mixed}}
"""


def test_no_clause_for_events_that_an_edge_does_not_take() -> None:
    edge = "{from: {topic: mixed}, to: {queue: work}, messages: [Paid], filter: {lines: [a]}}"
    (subscription,) = links_of(f"{BASE}  paid: {edge}\n").sns_subscriptions
    assert subscription.policy is not None
    assert "$or" not in subscription.policy.policy
    assert subscription.policy.policy["lines"] == ["a"]


def test_a_field_that_none_of_the_known_messages_has() -> None:
    def found(feed: str) -> list[str]:
        edge = "{from: {topic: mixed}, to: {queue: work}, filter: {other: [a]}}"
        edges = f"  some: {edge}\n  more: {{from: {{bus: bus}}, to: {{topic: mixed}}{feed}}}\n"
        return [d.code.name for d in outcome_of(BASE + edges).diagnostics]

    assert found("") == ["unknown-filter-field"]
    assert "unknown-filter-field" not in found(", messages: any")  # whatever else comes may have it


@pytest.mark.parametrize("unique", [True, False])
def test_a_field_that_items_keep_without_knowing_it(*, unique: bool) -> None:
    """Items that have to differ keep what nobody declared; that declares nothing."""
    item = "{type: object, properties: {sku: {type: string}}}"
    lines = f"{{type: array, uniqueItems: {str(unique).lower()}, items: {item}}}"
    base = BASE.replace("{type: array, items: {type: string}}", lines)
    edge = (
        "{from: {topic: mixed}, to: {queue: work}, messages: [Paid], filter: {lines: {skuu: [a]}}}"
    )
    (found,) = outcome_of(f"{base}  paid: {edge}\n").diagnostics
    assert (found.code.name, found.help) == ("unknown-filter-field", "did you mean `lines.sku`?")


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("a", True), ("Order_id-2", True), ("customer.tier", True), ("a" * 256, True),
        ("a" * 257, False), ("", False), ("a b", False), ("größe", False), ("\u212a", False),
        (".a", False), ("a.", False), ("a..b", False), ("aws.a", False), ("AWS.a", False),
        ("Amazon.a", False), ("awsome", True), ("a.aws.b", True),
    ],
)  # fmt: skip
def test_names_that_an_attribute_can_have(name: str, *, legal: bool) -> None:
    asked = Condition(path=(name,), written=(name,), matchers=("x",))
    found = obstacle(asked, ())
    assert (found is None) is legal
    assert legal or f"`{name}` is no legal name of an attribute" == found
