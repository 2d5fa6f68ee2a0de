"""The graph: who feeds what, and what goes round in circles."""

from __future__ import annotations

import pytest

from msgc.filtering.acceptance import Acceptance
from msgc.links.forwarding import Forwarding
from msgc.topology.graph import Graph
from tests.links.linked import links_of, topology_of

pytestmark = pytest.mark.once

MESSAGES = """\
version: 1
service: shop
messages:
  A: {schema: {type: object, properties: {id: {type: string}}}}
  B: {schema: {type: object, properties: {id: {type: string}}}}
"""


def _cycles(text: str) -> list[list[str]]:
    graph = Graph(topology_of(MESSAGES + text))
    return [[getattr(s.via, "name", "publishes") for s in cycle] for cycle in graph.cycles()]


def _forwarding(text: str) -> Forwarding:
    links = links_of(MESSAGES + text)
    return Forwarding(links.topology, links.event_rules, Acceptance())


def _loops(text: str) -> list[list[str]]:
    forwarding = _forwarding(text)
    return [[edge.name for edge in loop] for loop in forwarding.loops()]


def _hops(text: str) -> list[tuple[str, str]]:
    forwarding = _forwarding(text)
    return [(hop.first.name, hop.second.name) for hop in forwarding.second_hops()]


def test_indexes() -> None:
    topology = topology_of(
        MESSAGES
        + """\
topics: {t: {messages: [A]}}
queues: {q: {}, failed: {}, lost: {external: true}}
subscriptions:
  t-to-q: {from: {topic: t}, to: {queue: q}, dead_letter: {queue: lost}}
consumers:
  handler: {from: {queue: q}, function: provided, publishes: [{topic: t}]}
producers: {shop: {publishes: [{topic: t}]}}
"""
    )
    graph = Graph(topology)
    topic, queue = topology.topics["t"], topology.queues["q"]
    handler = topology.consumers["handler"]
    edge = topology.subscriptions["t-to-q"]
    assert graph.subscriptions_from(topic) == (edge,)
    assert graph.subscriptions_to(queue) == (edge,)
    assert graph.subscriptions_to(topic) == ()
    assert graph.publishers_to(topic) == (topology.producers["shop"], handler)
    assert graph.poisoned_from(topology.queues["q-dlq"]) == (queue,)
    assert graph.undelivered_from(topology.queues["lost"]) == (edge,)


def test_no_cycle() -> None:
    assert _cycles(
        """\
topics: {one: {messages: [A]}, two: {messages: [B]}}
consumers:
  handler: {from: {topic: one}, function: provided, publishes: [{topic: two}]}
  last: {from: {topic: two}, function: provided}
"""
    ) == []  # fmt: skip


def test_buses_in_a_circle() -> None:
    text = """\
buses: {one: {messages: [A]}, two: {}, three: {}}
subscriptions:
  first: {from: {bus: one}, to: {bus: two}}
  second: {from: {bus: two}, to: {bus: three}}
  third: {from: {bus: three}, to: {bus: one}}
  out: {from: {bus: two}, to: {log_group: events}}
"""
    assert _loops(text) == [["first", "second", "third"]]
    assert _hops(text) == [("first", "second")]  # what would be next has ended before
    assert _cycles(text) == []  # nothing goes round


def test_types_break_a_circle() -> None:
    buses = "buses: {one: {messages: [A, B]}, two: {}}\nsubscriptions:\n"
    there = "  there: {from: {bus: one}, to: {bus: two}, messages: [A]}\n"
    assert _loops(f"{buses}{there}  back: {{from: {{bus: two}}, to: {{bus: one}}}}\n") == [
        ["there", "back"]
    ]
    both = "  there: {from: {bus: one}, to: {bus: two}}\n"
    back = "  back: {from: {bus: two}, to: {bus: one}, messages: [B]}\n"
    assert _loops(buses + both + back) == [["there", "back"]]


def test_a_consumer_that_feeds_itself() -> None:
    same = """\
topics: {t: {messages: [A, B]}}
consumers:
  handler: {from: {topic: t}, messages: [A], function: provided, publishes: [{topic: t, messages: [%s]}]}
"""  # noqa: E501
    assert _cycles(same % "A") == [["handler", "publishes"]]
    assert _cycles(same % "B") == []


def test_two_circles_and_a_way_between() -> None:
    assert _loops(
        """\
buses: {a: {messages: [A]}, b: {}, c: {}, d: {}}
subscriptions:
  ab: {from: {bus: a}, to: {bus: b}}
  ba: {from: {bus: b}, to: {bus: a}}
  bc: {from: {bus: b}, to: {bus: c}}
  cd: {from: {bus: c}, to: {bus: d}}
  dc: {from: {bus: d}, to: {bus: c}}
"""
    ) == [["ab", "ba"], ["cd", "dc"]]


def test_long_chains_cost_no_stack() -> None:
    chain = "".join(f"  b{i}: {{}}\n" for i in range(1, 3000))
    edges = "".join(
        f"  e{i}: {{from: {{bus: b{i}}}, to: {{bus: b{i + 1}}}}}\n" for i in range(2999)
    )
    text = f"buses:\n  b0: {{messages: [A]}}\n{chain}subscriptions:\n{edges}"
    assert _cycles(text) == _loops(text) == []
    assert _hops(text) == [("e0", "e1")]


def test_a_consumer_between_buses_makes_a_new_event() -> None:
    text = """\
buses: {a: {messages: [A]}, b: {messages: [B]}, c: {}}
subscriptions:
  ab: {from: {bus: a}, to: {bus: b}}
  bc: {from: {bus: b}, messages: [B], to: {bus: c}}
consumers:
  again: {from: {bus: b}, messages: [A], function: provided, publishes: [{bus: b}]}
"""
    assert _hops(text) == []
    assert _hops(text.replace("messages: [B], to", "messages: any, to")) == [("ab", "bc")]
    round_trip = text.replace("messages: [A], function", "messages: [B], function")
    assert _cycles(round_trip) == [["again", "publishes"]]


def test_a_filter_keeps_what_was_forwarded_away() -> None:
    text = """\
buses: {a: {messages: [A]}, b: {messages: [B]}, c: {}}
subscriptions:
  ab: {from: {bus: a}, to: {bus: b}}
  bc: {from: {bus: b}, pattern: {detail-type: [B]}, to: {bus: c}}
"""
    assert _hops(text) == []
    assert _hops(text.replace("detail-type: [B]", "source: [shop]")) == [("ab", "bc")]
