"""Filters where producers and rules meet, and messages whose type nobody knows."""

from __future__ import annotations

from tests.delivery.delivered import delivery_of, outcome_of

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
    (subscription,) = delivery_of(f"{BASE}  paid: {edge}\n").topic_subscriptions
    assert subscription.policy is not None
    assert "$or" not in subscription.policy.policy
    assert subscription.policy.policy["lines"] == ["a"]


def test_a_field_that_none_of_the_known_messages_has() -> None:
    def found(messages: str) -> list[str]:
        edge = f"{{from: {{bus: bus}}, to: {{queue: work}}, {messages}filter: {{other: [a]}}}}"
        return [d.code.name for d in outcome_of(f"{BASE}  some: {edge}\n").diagnostics]

    assert found("") == ["unknown-filter-field"]
    assert found("messages: any, ") == []
