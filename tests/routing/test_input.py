"""What a JSON value is taken for, and where it is put."""

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
  OrderPlaced:
    schema: {type: object, required: [total], properties: {total: {type: number}}}
  OrderCancelled:
    schema: {type: object, required: [reason], properties: {reason: {type: string}}}
  OrderLost:
    schema: {type: object, required: [reason], properties: {reason: {type: string}}}
  Finding:
    type: Inspector2 Finding
    source: aws.inspector2
    schema: {type: object, required: [severity], properties: {severity: {type: string}}}
  Nowhere:
    schema: {type: object, required: [x], properties: {x: {type: integer}}}
topics:
  orders: {messages: [OrderPlaced, OrderCancelled]}
  lost: {messages: [OrderLost]}
  findings: {}
buses:
  commerce: {messages: [OrderPlaced]}
  other: {}
queues:
  audit: {external: true}
  jobs: {messages: [OrderCancelled], max_size: 1KiB, external: true}
subscriptions:
  all: {from: {topic: orders}, to: {queue: audit}}
  big: {from: {bus: commerce}, filter: {total: [{numeric: [">", 100]}]}, to: {queue: audit}}
  lost: {from: {topic: lost}, to: {queue: audit}, raw: false}
  findings: {from: {bus: default}, messages: [Finding], to: {topic: findings}}
  all-findings: {from: {topic: findings}, to: {queue: audit}}
"""
EVENT = {"source": "com.example.shop", "detail-type": "OrderPlaced", "detail": {"total": 250}}
FINDING = {"source": "aws.inspector2", "detail-type": "Inspector2 Finding", "detail": {}}
NOTIFICATION = {
    "Type": "Notification",
    "TopicArn": "arn:aws:sns:eu-west-1:111122223333:shop-lost",
    "Message": '{"reason": "gone"}',
    "MessageAttributes": {"message_type": {"Type": "String", "Value": "OrderLost"}},
}
PUBLISHED = {
    "Message": "no JSON",
    "MessageAttributes": {"message_type": {"DataType": "String", "StringValue": "OrderPlaced"}},
}


@pytest.fixture(scope="module")
def shop() -> Checked:
    outcome = analyse("messaging.yaml", messaging(SHOP))
    assert outcome.value is not None
    assert outcome.ok, [d.message for d in outcome.diagnostics]
    return outcome.value


def read(
    shop: Checked, text: str, *, message: str | None = None, to: str | None = None
) -> Outcome[tuple[Input, ...]]:
    loaded = load_json("event.json", Memory({"event.json": text}))
    assert loaded.value is not None, [d.message for d in loaded.diagnostics]
    file = shop.topology
    place = next((place for place in file.places if reference(place) == to), None)
    named = file.messages[message] if message else None
    return understood(file, shop.links, loaded.value, message=named, place=place)


@pytest.mark.parametrize(
    ("value", "message", "places"),
    [
        (EVENT, "OrderPlaced", ["bus/commerce"]),
        ({**EVENT, "detail-type": "Unheard"}, None, ["bus/commerce", "bus/other"]),
        (FINDING | {"detail": {"severity": "LOW"}}, "Finding", ["bus/default"]),
        (NOTIFICATION, "OrderLost", ["topic/lost"]),
        (PUBLISHED, "OrderPlaced", ["topic/orders"]),
        ({"total": 5}, "OrderPlaced", ["topic/orders", "bus/commerce"]),
        ({"severity": "LOW"}, "Finding", ["bus/default"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_it_is(shop: Checked, value: Any, message: str | None, places: list[str]) -> None:
    outcome = read(shop, json.dumps(value))
    assert [d.message for d in outcome.diagnostics] == []
    assert outcome.value is not None
    assert [reference(given.place) for given in outcome.value] == places
    names = {given.message.name if given.message else None for given in outcome.value}
    assert names == {message}


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        ("[1]", {}, "not-an-event", "it is no JSON object"),
        ('{"reason": "x"}', {}, "not-an-event", "it fits `OrderCancelled` and `OrderLost`"),
        ('{"y": 1}', {}, "not-an-event", "it fits no message: not `OrderPlaced` ($.total: is"),
        ('{"x": 1}', {}, "not-an-event", "`Nowhere` is published nowhere"),
        ('{"total": "a"}', {"message": "OrderPlaced"}, "unpublishable", "it doesn't fit"),
        ('{"total": 1e999}', {}, "unpublishable", "beyond the range of a float"),
        (f'{{"total": {"9" * 5000}}}', {}, "unpublishable", "beyond the range of a float"),
        (json.dumps(FINDING), {}, "unreadable-payload", "the detail doesn't fit `Finding`"),
        (json.dumps(NOTIFICATION), {"to": "bus/commerce"}, "not-an-event", "a bus takes events"),
        (
            json.dumps({"reason": "x" * 1100}),
            {"message": "OrderCancelled", "to": "queue/jobs"},
            "unpublishable",
            "it can't be sent to `jobs`: it has 1,145 bytes, and 1,024 is the most",
        ),
        (
            json.dumps({**EVENT, "detail": {"total": 1, "note": "x" * 2**20}}),
            {},
            "unpublishable",
            "it can't be sent to `commerce`",
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_it_can_not_be(
    shop: Checked, text: str, options: dict[str, str], code: str, said: str
) -> None:
    outcome = read(shop, text, **options)
    (found,) = outcome.diagnostics
    assert found.code.name == code
    assert said in found.message
    assert (outcome.value is None) is found.is_error


def test_three_messages_that_it_does_not_fit_are_told(shop: Checked) -> None:
    (found,) = read(shop, '{"y": 1}').diagnostics
    assert [name for name in shop.topology.messages if f"`{name}` ($." in found.message] == [
        "OrderPlaced", "OrderCancelled", "OrderLost",
    ]  # fmt: skip
    assert found.message.endswith(" and 2 more")


def test_a_body_that_is_no_json_passes_attributes_only(shop: Checked) -> None:
    (given,) = read(shop, json.dumps(PUBLISHED)).value or ()
    route = Router(shop.links).route(given.place, given.parcel)
    assert [edge.name for way in route.arrived for edge in way.edges] == ["all"]


def test_the_place_that_was_asked_for(shop: Checked) -> None:
    for to in ("topic/findings", "bus/other", "queue/audit"):
        (given,) = read(shop, json.dumps(EVENT), to=to).value or ()
        assert reference(given.place) == to
    (given,) = read(shop, json.dumps(EVENT), to="topic/findings").value or ()
    route = Router(shop.links).route(given.place, given.parcel)
    assert [edge.name for way in route.arrived for edge in way.edges] == ["all-findings"]
