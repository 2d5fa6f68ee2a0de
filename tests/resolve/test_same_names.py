"""A queue, a subscription and a consumer that polls may be called the same, all the way through."""

from __future__ import annotations

import pytest

from msgc.emit.emitters import emit
from msgc.pipeline.check import Checked, check
from msgc.routing.as_json import route_json
from msgc.routing.input import example
from msgc.routing.route import Router
from msgc.routing.text import route_text
from tests.files import messaging

FILE = """\
version: 1
service: shop
messages:
  Placed:
    schema: {type: object, required: [id], properties: {id: {type: string}}}
    examples: [{id: one}]
  Other: {schema: {type: object, properties: {id: {type: string}}}}
topics: {orders: {messages: [Placed]}}
buses: {invoicing: {messages: [Placed, Other]}}
queues: {invoicing: {}, more: {external: true}}
subscriptions:
  invoicing: {from: {%s}, messages: [Placed], to: {queue: invoicing}}
  others: {from: {bus: invoicing}, to: {queue: more}}
  orders-to-more: {from: {topic: orders}, to: {queue: more}}
consumers:
  invoicing: {from: {queue: invoicing}, function: provided, %s}
producers: {web: {publishes: [{topic: orders}, {bus: invoicing}]}}
tests:
  - name: placed orders are invoiced
    publish: {%s, message: Placed}
    reaches: [queue/invoicing, subscription/invoicing, consumer/invoicing]
  - name: others are not
    publish: {bus: invoicing, message: Other, payload: {}}
    not: [queue/invoicing, subscription/invoicing, consumer/invoicing]
"""


def checked(origin: str, poll: str = "batch: {size: 5}") -> Checked:
    outcome = check("messaging.yaml", messaging(FILE % (origin, poll, origin)))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


@pytest.mark.parametrize("origin", ["topic: orders", "bus: invoicing"])
def test_three_of_one_name(origin: str) -> None:
    found = checked(origin)
    assert set(found.topology.subscriptions) == {
        "invoicing", "others", "orders-to-more", "consumer/invoicing",
    }  # fmt: skip
    assert [result.diagnostics for result in found.tests] == [(), ()]
    (poll,) = found.links.event_source_mappings
    assert (poll.queue.name, poll.consumer.name) == ("invoicing", "invoicing")
    for artifact in emit(found.variants):
        if artifact.path.endswith(".py") and "/_runtime/" not in artifact.path:
            compile(artifact.text, artifact.path, "exec")


def test_a_route_tells_the_poll_from_the_subscription() -> None:
    outcome = check(
        "messaging.yaml",
        messaging(FILE % ("bus: invoicing", "filter: {id: [two]}", "bus: invoicing")),
    )
    found = outcome.value
    assert found is not None
    topology, links = found.topology, found.links
    placed = topology.messages["Placed"]
    given = example(topology, links, placed, 0, topology.buses["invoicing"]).value
    assert given
    route = Router(links).route(given[0].place, given[0].parcel)
    assert "consumer/invoicing  messaging.yaml:" in route_text(topology, given[0], route)
    told = route_json("messaging.yaml", topology, given[0], route)
    assert [no["subscription"] for no in told["refused"]] == ["consumer/invoicing"]
    assert told["reaches"][0]["path"] == [
        "bus/invoicing", "subscription/invoicing", "queue/invoicing",
    ]  # fmt: skip


def test_a_poll_is_no_subscription_of_a_test() -> None:
    text = FILE.replace("subscriptions:\n  invoicing:", "subscriptions:\n  brings:")
    outcome = check("messaging.yaml", messaging(text % ("topic: orders", "", "topic: orders")))
    errors = [d for d in outcome.diagnostics if d.is_error]
    assert {(d.message, d.help) for d in errors} == {
        (
            "there is no subscription `invoicing`",
            "from a queue, a consumer is no subscription: write `consumer/invoicing`",
        )
    }


@pytest.mark.parametrize("origin", ["topic: orders", "bus: invoicing"])
def test_a_consumer_behind_a_topic_or_bus_has_its_name_alone(origin: str) -> None:
    text = FILE.replace("from: {queue: invoicing}", f"from: {{{origin}}}")
    outcome = check("messaging.yaml", messaging(text % (origin, "", origin)))
    assert "duplicate-name" in {d.code.name for d in outcome.diagnostics}
