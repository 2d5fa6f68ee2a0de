"""CloudEvents given to `msgc route`: what they are taken for, and what is wrong with them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.diagnostics import Outcome
from msgc.pipeline.check import Checked, analyse
from msgc.routing.input import Input, understood
from msgc.routing.route import Router
from msgc.routing.wording import reference
from msgc.syntax import load_json
from tests.files import Memory, messaging

SHOP = """\
version: 1
service: shop
source: com.example.shop
messages:
  Placed:
    schema:
      type: object
      required: [total]
      properties: {total: {type: number}, customer: {type: object, properties: {tier: {type: string}}}}
    envelope: cloudevents
  Bare: {schema: {type: object, required: [total], properties: {total: {type: number}}}}
topics: {orders: {messages: [Placed, Bare]}}
buses: {commerce: {messages: [Placed]}}
queues: {big: {external: true}, gold: {external: true}, dear: {external: true}}
subscriptions:
  big: {from: {topic: orders}, messages: [Placed], filter: {total: [{numeric: [">", 100]}]}, filter_on: body, to: {queue: big}}
  gold: {from: {bus: commerce}, filter: {customer: {tier: [gold]}}, to: {queue: gold}}
  dear: {from: {topic: orders}, messages: [Placed], filter: {total: [{numeric: [">", 500]}]}, to: {queue: dear}}
producers: {web: {publishes: [{topic: orders}, {bus: commerce}]}}
"""  # noqa: E501
EVENT = {
    "specversion": "1.0",
    "id": "e-1",
    "source": "/x",
    "type": "Placed",
    "data": {"total": 200},
}


@pytest.fixture(scope="module")
def shop() -> Checked:
    outcome = analyse("messaging.yaml", messaging(SHOP))
    assert outcome.value is not None
    assert outcome.ok, [d.message for d in outcome.diagnostics]
    return outcome.value


def read(shop: Checked, value: Any, message: str | None = None) -> Outcome[tuple[Input, ...]]:
    loaded = load_json("event.json", Memory({"event.json": json.dumps(value)}))
    assert loaded.value is not None
    named = shop.topology.messages[message] if message else None
    return understood(shop.topology, shop.links, loaded.value, message=named, place=None)


def test_an_event_is_sent_as_it_is(shop: Checked) -> None:
    for given in read(shop, EVENT).value or ():
        parcel = given.parcel
        sent = parcel.event["detail"] if parcel.event else json.loads(parcel.body)
        assert sent == EVENT
    assert [reference(each.place) for each in read(shop, EVENT).value or ()] == [
        "topic/orders", "bus/commerce",
    ]  # fmt: skip


def test_why_an_edge_says_no_is_told_by_the_payload(shop: Checked) -> None:
    told: dict[str, tuple[str, str]] = {}
    for given in read(shop, EVENT).value or ():
        route = Router(shop.links).route(given.place, given.parcel)
        told |= {no.edge.name: (no.field, no.reason) for no in route.refusals}
    assert told == {
        "gold": ("customer.tier", "`customer.tier` isn't there"),
        "dear": ("total", '`total` is 200, none of [{"numeric": [">", 500]}]'),
    }
    for given in read(shop, {"total": 1}, "Bare").value or ():
        route = Router(shop.links).route(given.place, given.parcel)
        told = {no.edge.name: (no.field, no.reason) for no in route.refusals}
        assert told["big"][1] == "it takes `Placed`, not `Bare`"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({**EVENT, "id": ""}, "it doesn't fit `Placed`: $.id: is empty"),
        ({**EVENT, "data": {"total": "x"}}, "it doesn't fit `Placed`: $.data.total: expected a n"),
        ({**EVENT, "type": "Plaecd"}, "it is a CloudEvent of the type `Plaecd`, which no message"),
        (
            {"source": "com.example.shop", "detail-type": "Placed", "detail": {"total": 1}},
            "the detail doesn't fit `Placed`: $: expected a CloudEvent, which has a `specversion`",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_told_with_its_path(shop: Checked, value: Any, said: str) -> None:
    (found,) = read(shop, value).diagnostics
    assert said in found.message
