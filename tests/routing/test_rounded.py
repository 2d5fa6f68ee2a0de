"""Numbers in attributes: the router sees what publishers send, rounded as they round it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgc.pipeline.check import Checked, analyse
from msgc.routing.publishing import published
from msgc.routing.route import Router
from tests.files import messaging
from tests.runtime.messages import FakeOrdersTopic, Placed

SHOP = """\
version: 1
service: shop
messages:
  OrderPlaced:
    schema:
      type: object
      required: [order_id, total]
      properties: {order_id: {type: string}, total: {type: number}}
topics: {orders: {messages: [OrderPlaced]}}
queues: {big: {external: true}, exactly: {external: true}, rest: {external: true}}
producers: {api: {publishes: [{topic: orders}]}}
subscriptions:
  big: {from: {topic: orders}, to: {queue: big}, filter: {total: [{numeric: [">", 100.5]}]}}
  exactly: {from: {topic: orders}, to: {queue: exactly}, filter: {total: [100.5, 0]}}
  rest: {from: {topic: orders}, to: {queue: rest}, filter: {total: [{numeric: ["<", 100.5]}]}}
"""

REACHED = {
    100.5: {"exactly"},
    100.500001: {"exactly"},
    100.499999: {"exactly"},
    100.50001: {"big"},
    100.49999: {"rest"},
    1e-9: {"exactly", "rest"},
    2e9: {"big"},
    1e300: {"big"},
    -7e11: {"rest"},
}


@pytest.fixture(scope="module")
def shop() -> Checked:
    outcome = analyse("messaging.yaml", messaging(SHOP))
    assert outcome.value is not None
    assert outcome.diagnostics == (), [d.message for d in outcome.diagnostics]
    return outcome.value


def reached(shop: Checked, total: float) -> set[str]:
    topic, message = shop.topology.topics["orders"], shop.topology.messages["OrderPlaced"]
    parcel = published(shop.links, topic, message, {"order_id": "o-1", "total": total})
    fake = FakeOrdersTopic()
    fake.publish(Placed(order_id="o-1", total=total))
    (sent,) = fake.aws.parcels
    assert sent.attributes["total"] == parcel.attributes["total"]
    assert json.loads(sent.body)["total"] == total
    route = Router(shop.links).route(topic, parcel)
    return {edge.name for way in route.arrived for edge in way.edges}


@pytest.mark.parametrize("total", REACHED)
def test_who_gets_what_lies_beside_a_bound(shop: Checked, total: float) -> None:
    assert reached(shop, total) == REACHED[total]


@given(total=st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**30), 10**30))
def test_every_number_is_sent_and_reaches_somebody(shop: Checked, total: float) -> None:
    assert reached(shop, total)
