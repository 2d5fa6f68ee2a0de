"""Routes through compiled filters, against what the file says in the payload's own terms."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from msgc.patterns import EventPattern
from msgc.pipeline.check import Checked, analyse
from msgc.routing.input import example
from msgc.routing.matrix import matrix
from msgc.routing.publishing import published
from msgc.routing.route import Router
from msgc.routing.wording import receiver, reference
from msgc.topology.ends import Bus, Consumer, End, Place, Queue, Topic
from msgc.topology.graph import Graph
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.origins import Schedule
from tests.files import messaging
from tests.routing.topologies import SCHEMAS, payload, text, topology

pytestmark = pytest.mark.once

SEEDS = st.integers(min_value=0, max_value=2**32)


def checked(written: str) -> Checked:
    outcome = analyse("messaging.yaml", messaging(written))
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    assert outcome.ok, [d.message for d in outcome.diagnostics if d.is_error]
    return outcome.value


def sound(random: Random, enveloped: frozenset[str] = frozenset()) -> Checked:
    """A random topology without errors: some share an SNS subscription and can't."""
    file = topology(random)
    for name in enveloped:
        file["messages"][name]["envelope"] = "cloudevents"
    outcome = analyse("messaging.yaml", messaging(text(file)))
    assume(outcome.ok)
    assert outcome.value is not None
    return outcome.value


def meant(
    file: Topology, start: Place, message: Message, value: dict[str, Any]
) -> set[Place | Consumer]:
    """Follow the edges as they are written: types by name, filters on the bare payload."""
    graph = Graph(file)
    reached: set[Place | Consumer] = {start}
    todo = [start]
    while todo:
        for edge in graph.subscriptions_from(todo.pop()):
            takes = edge.enabled and (edge.untyped or message in edge.messages)
            if edge.filter and takes:
                takes = EventPattern(edge.filter).matches(value)
            target = edge.target
            if takes and isinstance(target, Queue | Topic | Bus) and target not in reached:
                reached.add(target)
                todo.append(target)
    return reached


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_compiled_filters_do_what_is_written(seed: int) -> None:
    _does_what_is_written(seed, frozenset())


@given(SEEDS, st.frozensets(st.sampled_from([*SCHEMAS]), min_size=1))
@settings(max_examples=60, deadline=None)
def test_filters_are_about_payloads_in_an_envelope_too(seed: int, names: frozenset[str]) -> None:
    _does_what_is_written(seed, names)


def _does_what_is_written(seed: int, enveloped: frozenset[str]) -> None:
    random = Random(seed)
    made = sound(random, enveloped)
    router = Router(made.links)
    file = made.topology
    for place in file.places:
        for message in place.messages:
            for _ in range(4):
                value = payload(random, message.name)
                route = router.route(place, published(made.links, place, message, value))
                reached = {r for r in route.reached if isinstance(r, Queue | Topic | Bus)}
                assert reached == meant(file, place, message, value), (message.name, value)
                assert {way.receiver for way in route.arrived} | {place} == reached


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_a_matrix_promises_what_routes_keep(seed: int) -> None:
    random = Random(seed)
    made = sound(random)
    router = Router(made.links)
    table = matrix(made.topology)
    for row in table.rows:
        assert not isinstance(row.place, Schedule)  # there is none
        for _ in range(6):
            value = payload(random, row.message.name)
            parcel = published(made.links, row.place, row.message, value)
            arrived = router.route(row.place, parcel).arrived
            reached: set[End] = {row.place, *(way.receiver for way in arrived)}
            for to, verdict in zip(table.receivers, row.verdicts, strict=True):
                if verdict != "possible":
                    assert (to in reached) is (verdict == "always"), (receiver(to), value)


CHAIN = """\
version: 1
service: shop
messages:
  OrderPlaced:
    schema:
      type: object
      required: [total]
      properties: {total: {type: number}, tags: {type: array, items: {type: string}}}
    examples: [{total: 250, tags: [gift]}, {total: 5}]
topics: {alerts: {}}
buses: {commerce: {messages: [OrderPlaced]}}
queues: {paging: {}, archive: {external: true}}
subscriptions:
  big: {from: {bus: commerce}, filter: {total: [{numeric: [">=", 100]}]}, to: {topic: alerts}}
  page: {from: {topic: alerts}, filter: {tags: [gift]}, to: {queue: paging}}
  mail: {from: {topic: alerts}, to: {email: ops@example.com}}
  keep: {from: {topic: alerts}, to: {queue: archive}, raw: false}
  round: {from: {bus: commerce}, to: {bus: commerce}}
consumers:
  pager: {from: {queue: paging}, filter: {total: [{numeric: ["<", 1000]}]}, function: provided}
"""


def paths(made: Checked, number: int) -> list[list[str]]:
    (given,) = (
        example(
            made.topology, made.links, made.topology.messages["OrderPlaced"], number, None
        ).value
        or ()
    )
    route = Router(made.links).route(given.place, given.parcel)
    return [[reference(route.start), *(edge.name for edge in way.edges)] for way in route.arrived]


def test_a_message_goes_on_through_topics_queues_and_envelopes() -> None:
    outcome = analyse("messaging.yaml", messaging(CHAIN))
    assert outcome.value is not None
    assert paths(outcome.value, 0) == [
        ["bus/commerce", "big"],
        ["bus/commerce", "round"],
        ["bus/commerce", "big", "page"],
        ["bus/commerce", "big", "mail"],
        ["bus/commerce", "big", "keep"],
        ["bus/commerce", "big", "page", "pager"],
    ]
    assert paths(outcome.value, 1) == [["bus/commerce", "round"]]


def test_every_edge_is_told_of() -> None:
    """Each edge is taken, or says why not, or isn't met; no edge is two of these."""
    for seed in range(20):
        random = Random(seed)
        outcome = analyse("messaging.yaml", messaging(text(topology(random))))
        if outcome.value is None or not outcome.ok:
            continue
        file, links = outcome.value.topology, outcome.value.links
        bus = file.buses["commerce"]
        message = file.messages["OrderPlaced"]
        parcel = published(links, bus, message, payload(random, "OrderPlaced"))
        route = Router(links).route(bus, parcel)
        for edge in file.subscriptions.values():
            refused = [no for no in route.refusals if no.edge is edge]
            met = edge.origin in route.reached
            assert (edge in route.reached) + len(refused) == met, edge.name
            for no in refused:
                line = no.span.source.position(no.span.start)[0]
                first = edge.key.source.position(edge.key.start)[0]
                last = edge.node.span.source.position(edge.node.span.end)[0]
                assert no.reason
                assert first <= line <= last, "the clause is one of this edge"


def test_the_branch_that_came_furthest_is_on_its_line() -> None:
    text = """\
version: 1
service: shop
messages:
  OrderPlaced:
    schema:
      type: object
      required: [country, gift, total]
      properties: {country: {type: string}, gift: {type: boolean}, total: {type: number}}
    examples: [{country: US, gift: true, total: 5}]
topics: {orders: {messages: [OrderPlaced]}}
queues: {audit: {external: true}}
subscriptions:
  some:
    from: {topic: orders}
    to: {queue: audit}
    filter:
      $or:
        - {country: [NL], total: [{numeric: [">", 1000]}]}
        - {gift: [true], total: [{numeric: [">", 500]}]}
"""
    made = checked(text)
    message = made.topology.messages["OrderPlaced"]
    (start,) = example(made.topology, made.links, message, 0, None).value or ()
    (no,) = Router(made.links).route(start.place, start.parcel).refusals
    assert no.reason == '`total` is 5, none of [{"numeric": [">", 500]}]'
    written = text.index('total: [{numeric: [">", 500]}]') + len("total: ")
    assert no.span.start == written


SAME_NAME = """\
version: 1
service: shop
messages: {Placed: {schema: {type: object, properties: {id: {type: string}}}}}
buses: {events: {messages: [Placed]}}
queues: {jobs: {messages: [Placed]}, audit: {external: true}, copies: {external: true}}
subscriptions: {jobs: {from: {bus: events}, to: [{queue: audit}, {queue: copies}]}}
consumers: {jobs: {from: {queue: jobs}, function: provided}}
producers: {web: {publishes: [{bus: events}, {queue: jobs}]}}
"""


def test_a_poll_is_not_taken_for_a_list_of_targets_of_its_name() -> None:
    links = checked(SAME_NAME).links
    topology = links.topology
    queue, (message,) = topology.queues["jobs"], topology.messages.values()
    reached = Router(links).route(queue, published(links, queue, message, {})).reached
    assert reached == {queue, topology.consumers["jobs"], topology.subscriptions["consumer/jobs"]}
