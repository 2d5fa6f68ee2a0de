"""What others put on places: code that msgc didn't generate, and whoever is outside the file."""

from __future__ import annotations

import pytest

from msgc.emit.stubs import emit_stubs
from tests.links.linked import links_of, outcome_of

BASE = """\
version: 1
service: shop
messages:
  Paid: {schema: {type: object, required: [tier], properties: {tier: {enum: [gold, basic]}}}}
  Void: {schema: {type: object, required: [tier], properties: {tier: {enum: [gold, basic]}}}}
topics: {orders: {messages: [Paid]}}
queues: {work: {}}
subscriptions:
  gold: {from: {topic: orders}, to: {queue: work}, filter: {tier: [gold]}}
consumers:
  worker: {from: {queue: work}, function: provided}
producers:
  legacy: {publishes: [{topic: orders}], role: provided}
"""
TWO = BASE.replace("{messages: [Paid]}", "{messages: [Paid, Void]}").replace(
    ", filter: {tier: [gold]}", ""
)
OWN_CODE = ("role: provided", "role: provided, stubs: false")


def scope_of(text: str) -> str:
    (subscription,) = links_of(text).sns_subscriptions
    assert subscription.policy is not None
    return subscription.policy.scope


def said(text: str) -> list[tuple[str, str, str | None]]:
    return [(d.code.name, d.message, d.help) for d in outcome_of(text).diagnostics]


def test_generated_publishers_send_what_filters_look_at() -> None:
    assert scope_of(BASE) == "MessageAttributes"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        OWN_CODE,
        ("orders: {messages: [Paid]}", "orders: {messages: [Paid], external: publish}"),
        ("orders: {messages: [Paid]}", "orders: {messages: [Paid], external: true}"),
        ("function: provided", "function: provided, publishes: [{topic: orders}], stubs: false"),
    ],
)
def test_what_others_send_has_no_attributes(old: str, new: str) -> None:
    text = BASE.replace(old, new)
    assert scope_of(text) == "MessageBody"
    by_hand = text.replace("filter: {", "filter_on: attributes, filter: {")
    assert scope_of(by_hand) == "MessageAttributes"


def test_who_only_subscribes_changes_no_filter() -> None:
    text = BASE.replace(
        "orders: {messages: [Paid]}", "orders: {messages: [Paid], external: subscribe}"
    )
    assert scope_of(text) == "MessageAttributes"


@pytest.mark.parametrize(
    ("text", "why", "advice"),
    [
        (
            TWO.replace(*OWN_CODE),
            "`legacy` publishes by code of its own (`stubs: false`), which sends no attributes",
            "if `legacy` sends `message_type` all the same, write `filter_on: attributes`",
        ),
        (
            TWO.replace("messages: [Paid, Void]", "messages: [Paid, Void], external: publish"),
            "others publish to `orders` (`external`): what they send isn't known here",
            "if they send `message_type`, write `filter_on: attributes`",
        ),
    ],
)
def test_the_body_names_no_type(text: str, why: str, advice: str) -> None:
    narrowed = text.replace("to: {queue: work}", "to: {queue: work}, messages: [Paid]")
    ((name, message, help_),) = said(narrowed)
    assert name == "no-type-to-filter-on"
    assert why in message
    assert help_ is not None
    assert help_.startswith(advice)
    by_hand = narrowed.replace("messages: [Paid]}\n", "messages: [Paid], filter_on: attributes}\n")
    assert not said(by_hand)


def test_advice_about_a_scope_never_says_what_nobody_sends() -> None:
    by_hand = "messages: [Paid], filter: {tier: [gold]}, filter_on: body"
    text = TWO.replace("to: {queue: work}", "to: {queue: work}, " + by_hand)
    assert "write `filter_on: attributes`" in str(said(text)[0][2])
    bare = str(said(text.replace(*OWN_CODE))[0][2])
    assert "if `legacy` sends `message_type` all the same" in bare


def test_a_handler_cant_tell_two_types_that_come_bare() -> None:
    assert not said(TWO)
    assert [name for name, _, _ in said(TWO.replace(*OWN_CODE))] == ["indistinguishable-messages"]
    promised = TWO.replace(*OWN_CODE).replace(
        "{queue: work}}", "{queue: work}, filter_on: attributes}", 1
    )
    assert not said(promised)


QUEUE = """\
version: 1
service: shop
messages:
  Paid: {schema: {type: object, properties: {id: {type: string}}}}
  Void: {schema: {type: object, properties: {id: {type: string}}}}
queues: {work: {messages: [Paid, Void]}}
consumers:
  worker: {from: {queue: work}, function: provided}
producers:
  site: {publishes: [{queue: work, messages: [Paid]}], role: provided}
  legacy: {publishes: [{queue: work, messages: [Void]}], role: provided}
"""


def test_one_type_may_come_bare_beside_those_that_say_theirs() -> None:
    text = QUEUE.replace("[Void]}], role: provided", "[Void]}], role: provided, stubs: false")
    assert not said(text)
    (trigger,) = links_of(text).triggers
    found = [(a.attributes, [m.name for m in a.messages]) for a in trigger.arrivals]
    assert found == [(True, ["Paid"]), (False, ["Void"])]
    both = text.replace("messages: [Void]}], role", "messages: [Paid, Void]}], role")
    assert [name for name, _, _ in said(both)] == ["indistinguishable-messages"]


def test_own_code_gets_no_facade() -> None:
    def modules(text: str) -> set[str]:
        links = links_of(text)
        return {artifact.path for artifact in emit_stubs((links,))}

    facade = "src/shop_messaging/producers/legacy.py"
    assert facade in modules(BASE)
    assert facade not in modules(BASE.replace(*OWN_CODE))
    assert "src/shop_messaging/publishers/orders_topic.py" in modules(BASE.replace(*OWN_CODE))
