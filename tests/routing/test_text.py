"""What is cut in a route as text."""

from __future__ import annotations

import pytest

from msgc.pipeline.check import analyse
from msgc.routing.input import example
from msgc.routing.route import Router
from msgc.routing.text import route_text
from tests.files import messaging

SHOP = """\
version: 1
service: shop
messages:
  A:
    schema: {type: object, required: [id], properties: {id: {type: string}}}
    examples: [{id: one}]
topics: {here: {messages: [A]}, there: {messages: [A]}}
queues: {q: {external: true}}
subscriptions:
  way: {from: {topic: here}, to: {queue: q}}
"""
EDGE = "  e%d: {from: {topic: there}, to: {email: a%d@example.com}}\n"


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, None),
        (1, "e0"),
        (8, "e0, e1, e2, e3, e4, e5, e6, e7"),
        (9, "e0, e1, e2, e3, e4, e5, e6, e7 and 1 more"),
        (12, "e0, e1, e2, e3, e4, e5, e6, e7 and 4 more"),
    ],
)
def test_eight_edges_that_are_not_on_the_way_are_named(count: int, told: str | None) -> None:
    text = SHOP + "".join(EDGE % (i, i) for i in range(count))
    checked = analyse("messaging.yaml", messaging(text)).value
    assert checked is not None
    topology, links = checked.topology, checked.links
    given = example(topology, links, topology.messages["A"], 0, topology.topics["here"]).value
    assert given
    lines = route_text(
        topology, given[0], Router(links).route(given[0].place, given[0].parcel)
    ).splitlines()
    found = [line.strip() for line in lines if "not on its way" in line]
    assert found == ([] if told is None else [f"not on its way: {told}"])
