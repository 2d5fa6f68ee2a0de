"""Messages that get an envelope, or lose it, while others still send and read the old form."""

from __future__ import annotations

from msgc.evolution.intent import Intent
from tests.evolution.judged import inventory, judged, said

SHOP = """\
version: 1
service: shop
messages:
  Placed:
    schema: {type: object, required: [id], properties: {id: {type: string}}}
queues:
  jobs: {}
topics:
  orders: {messages: [Placed], external: subscribe}
subscriptions:
  jobs: {from: {topic: orders}, to: {queue: jobs}}
consumers:
  worker: {from: {queue: jobs}, function: provided}
producers:
  web: {publishes: [{topic: orders}]}
"""
EVENTS = SHOP.replace("{id: {type: string}}}", "{id: {type: string}}}\n    envelope: cloudevents")
UNREAD = "its handlers can't read what publishers that still run send, nor filters look into it"
WAITS = "may wait in the queue `shop-jobs`, and its handler won't know it"


def test_an_envelope_that_comes_or_goes_is_told_where_it_stands() -> None:
    assert said(judged(EVENTS, inventory(SHOP)).diagnostics) == [
        f"6: edit-loses-data: `Placed` would come in CloudEvents: {UNREAD}",
        f"8: edit-stops-delivery: `Placed bare` {WAITS}",
    ]
    assert said(judged(SHOP, inventory(EVENTS)).diagnostics) == [
        f"4: edit-loses-data: `Placed` would no longer come in CloudEvents: {UNREAD}",
        f"7: edit-stops-delivery: `Placed cloudevents` {WAITS}",
    ]


def test_nobody_but_our_own_reads_it() -> None:
    own, events = (text.replace(", external: subscribe", "") for text in (SHOP, EVENTS))
    first, _ = said(judged(events, inventory(own)).diagnostics)
    assert first.startswith("6: edit-stops-delivery: `Placed` would come in CloudEvents")


def test_what_is_meant_is_accepted() -> None:
    held = inventory(SHOP)
    found = judged(EVENTS, held, Intent(accepted=("message/Placed",), why="nobody reads it yet"))
    assert all("jobs" in each for each in said(found.diagnostics))
    assert found.text is not None
    assert "wire: Placed, envelope: cloudevents" in found.text
    assert not judged(EVENTS, found.text).diagnostics
