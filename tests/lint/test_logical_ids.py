"""Logical ids that would be the same, or too long for CloudFormation."""

from __future__ import annotations

from tests.lint.phases import ORDER_PLACED, checked

HEAD = f"version: 1\nservice: shop\n{ORDER_PLACED}"


def messages(text: str, code: str) -> list[str]:
    return [d.message for d in checked(HEAD + text, resource_limit=None) if d.code.id == code]


def test_ids_made_of_two_names() -> None:
    text = """\
topics: {a: {messages: [OrderPlaced]}, a-topic-to-b: {messages: [OrderPlaced]}}
queues: {c: {external: true}, b-topic-to-c: {external: true}}
subscriptions:
  one: {from: {topic: a}, to: {queue: b-topic-to-c}}
  two: {from: {topic: a-topic-to-b}, to: {queue: c}}
producers: {shop: {publishes: [{topic: a}, {topic: a-topic-to-b}]}}
"""
    id_ = "ShopATopicToBTopicToCQueueSubscription"
    assert messages(text, "MSG481") == [f"`two` and `one` both become the logical id `{id_}`"]


def test_log_groups_whose_names_differ_in_signs_only() -> None:
    text = """\
buses: {commerce: {messages: [OrderPlaced]}}
subscriptions:
  one: {from: {bus: commerce}, to: {log_group: audit/eu}}
  two: {from: {bus: commerce}, to: {log_group: audit-eu}}
producers: {shop: {publishes: [{bus: commerce}]}}
"""
    assert messages(text, "MSG481") == [
        "`two` and `one` both become the logical id `ShopAuditEuLogGroup`"
    ]


def test_as_long_as_cloudformation_takes() -> None:
    around = len("Shop" + "TopicTo" + "QQueue" + "Subscription")
    for length, found in ((255 - around, 0), (256 - around, 1)):
        name = "t" * length
        text = f"""\
topics: {{{name}: {{messages: [OrderPlaced], name: short}}}}
queues: {{q: {{external: true}}}}
subscriptions: {{one: {{from: {{topic: {name}}}, to: {{queue: q}}}}}}
producers: {{shop: {{publishes: [{{topic: {name}}}]}}}}
"""
        assert len(messages(text, "MSG603")) == found, length
