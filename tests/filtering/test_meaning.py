"""A compiled filter means what was written: the same messages pass, whatever the scope."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgc.links.mechanisms import SnsSubscription
from msgc.links.model import Attribute, Links
from msgc.runtime.matching.matching import matches
from msgc.runtime.matching.policies import matches_policy
from tests.links.linked import links_of

pytestmark = pytest.mark.once

SCHEMA = """\
version: 1
service: shop
messages:
  Placed:
    schema:
      type: object
      properties:
        id: {type: string}
        total: {type: number}
        gift: {type: boolean}
        coupon: {type: [string, "null"]}
        customer: {type: object, properties: {tier: {type: string}, age: {type: integer}}}
        items: {type: array, items: {type: object, properties: {sku: {type: string}, n: {type: integer}}}}
  Cancelled:
    schema: {type: object, properties: {id: {type: string}, total: {type: string}}}
"""  # noqa: E501

TEXTS = st.sampled_from(["a", "b", "gold", "true", "5"])
NUMBERS = st.sampled_from([0, 5, 5.5, 100])
PLACED = st.fixed_dictionaries(
    {},
    optional={
        "id": TEXTS,
        "total": NUMBERS,
        "gift": st.booleans(),
        "coupon": st.none() | TEXTS,
        "customer": st.fixed_dictionaries({}, optional={"tier": TEXTS, "age": NUMBERS}),
        "items": st.lists(
            st.fixed_dictionaries({}, optional={"sku": TEXTS, "n": NUMBERS}), max_size=3
        ),
    },
)
CANCELLED = st.fixed_dictionaries({}, optional={"id": TEXTS, "total": TEXTS})
EITHER = st.tuples(st.just("Placed"), PLACED) | st.tuples(st.just("Cancelled"), CANCELLED)

ON_ATTRIBUTES = [
    "{total: [5, {numeric: ['>', 50]}]}",
    "{gift: [true]}",
    "{gift: [{exists: false}, false]}",
    "{customer: {tier: [gold, {prefix: a}], age: [{numeric: ['<', 6]}]}}",
    "{customer.tier: [{anything-but: [a, b]}]}",
    "{id: [{anything-but: a}], total: [{exists: true}]}",
    "{$or: [{total: [5]}, {gift: [true], customer: {tier: [gold]}}]}",
    "{customer: {$or: [{tier: [gold]}, {age: [5]}]}, id: [a, b]}",
]
ON_BODY = [
    "{coupon: [null, a]}",
    "{coupon: [{anything-but: a}]}",
    "{items: {sku: [a], n: [5]}}",
    "{$or: [{coupon: [{exists: false}]}, {total: [5]}]}",
    "{total: [5], id: [a], gift: [true], coupon: [null], customer: {tier: [gold]}}",
    "{total: [{numeric: ['<', 10000000000]}]}",
]


def _links(topic: str, edges: str) -> Links:
    return links_of(f"{SCHEMA}{topic}queues: {{q: {{external: true}}}}\nsubscriptions:\n{edges}")


def _attributes(sent: tuple[Attribute, ...], type_: str, payload: Any) -> dict[str, Any]:
    """What a publisher sends: the type, and the fields that are there."""
    found = {}
    for attribute in sent:
        value: Any = payload if attribute.path else type_
        for step in attribute.path:
            value = value.get(step) if isinstance(value, dict) else None
        if value is not None:
            text = value if isinstance(value, str) else json.dumps(value)
            found[attribute.name] = {"DataType": attribute.type, "StringValue": text}
    return found


def _passes(links: Links, type_: str, payload: Any) -> bool:
    (subscription,) = links.sns_subscriptions
    if subscription.policy is None:
        return True
    sent = next(a for (_, m), a in links.attributes.items() if m.type == type_)
    return matches_policy(
        subscription.policy.policy,
        _scope(subscription),
        body=json.dumps(payload),
        attributes=_attributes(sent, type_, payload),
    )


def _scope(subscription: SnsSubscription) -> Any:
    assert subscription.policy is not None
    return subscription.policy.scope


def _read(text: str) -> Any:
    links = _links("topics: {t: {messages: [Placed]}}\n", f"  s: {_edge(text)}\n")
    return links.sns_subscriptions[0].edges[0].filter


def _edge(filter_: str, messages: str = "") -> str:
    return f"{{from: {{topic: t}}, to: {{queue: q}}, {messages}filter: {filter_}}}"


@pytest.mark.parametrize(
    ("text", "scope"),
    [(t, "MessageAttributes") for t in ON_ATTRIBUTES] + [(t, "MessageBody") for t in ON_BODY],
)
def test_one_type(text: str, scope: str) -> None:
    links = _links("topics: {t: {messages: [Placed]}}\n", f"  s: {_edge(text)}\n")
    assert _scope(links.sns_subscriptions[0]) == scope
    written = _read(text)

    @settings(deadline=None, max_examples=60)
    @given(PLACED)
    def same(payload: Any) -> None:
        assert _passes(links, "Placed", payload) is matches(written, payload)

    same()


@pytest.mark.parametrize("text", ON_ATTRIBUTES)
def test_one_of_two_types(text: str) -> None:
    links = _links(
        "topics: {t: {messages: [Placed, Cancelled]}}\n",
        f"  s: {_edge(text, 'messages: [Placed], ')}\n",
    )
    written = _read(text)

    @settings(deadline=None, max_examples=60)
    @given(EITHER)
    def same(message: tuple[str, Any]) -> None:
        type_, payload = message
        expected = type_ == "Placed" and matches(written, payload)
        assert _passes(links, type_, payload) is expected

    same()


def test_two_edges_to_one_endpoint() -> None:
    links = _links(
        "topics: {t: {messages: [Placed, Cancelled]}}\n",
        f"  one: {_edge('{total: [5]}', 'messages: [Placed], ')}\n"
        f"  two: {_edge('{id: [a]}', 'messages: [Cancelled], ')}\n",
    )

    @settings(deadline=None, max_examples=100)
    @given(EITHER)
    def same(message: tuple[str, Any]) -> None:
        type_, payload = message
        by_one = type_ == "Placed" and matches({"total": [5]}, payload)
        by_two = type_ == "Cancelled" and matches({"id": ["a"]}, payload)
        assert _passes(links, type_, payload) is (by_one or by_two)

    same()


def test_payloads_and_events_on_one_topic() -> None:
    links = _links(
        "buses: {b: {messages: [Placed]}}\ntopics: {t: {messages: [Placed]}}\n",
        f"  s: {_edge('{total: [5], gift: [{exists: false}]}')}\n"
        "  onwards: {from: {bus: b}, to: {topic: t}}\n",
    )
    written = {"total": [5], "gift": [{"exists": False}]}

    @settings(deadline=None, max_examples=100)
    @given(PLACED)
    def same(payload: Any) -> None:
        event = {"source": "shop", "detail-type": "Placed", "detail": payload}
        assert _passes(links, "Placed", payload) is matches(written, payload)
        assert _passes(links, "Placed", event) is matches(written, payload)

    same()
