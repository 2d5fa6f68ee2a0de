"""Closed unions are taken apart by `match` with `assert_never`: mypy sees what is left out."""

from __future__ import annotations

from typing import Any

import pytest

from msgc import kinds
from msgc.kinds import BUS, QUEUE, Way
from msgc.links.mechanisms import EventRule
from msgc.stack.values import Json
from msgc.topology import ends
from msgc.topology.declared import Declared
from msgc.topology.ends import Consumer, Place, Queue, Topic
from msgc.topology.settings import ByArn, Fifo, GivenFunction, Pollers
from tests.project.unions import COPIED, guarded, in_module, in_text, modules

pytestmark = pytest.mark.once

CLASSES = guarded()

NAMES: dict[str, Any] = {
    "BUS": BUS,
    "Declared": Declared,
    "PLACES": (Queue, Topic),
    "Place": Place,
    "Pollers": Pollers,
    "QUEUE": QUEUE,
    "Queue": Queue,
    "Q": Queue,
    "Topic": Topic,
    "Way": Way,
    "ends": ends,
    "kinds": kinds,
}


@pytest.mark.parametrize(
    "member",
    [Queue, Topic, Consumer, Declared, GivenFunction, ByArn, EventRule, Json, kinds.OwnRole],
)
def test_members_are_found(member: type) -> None:
    assert member in CLASSES


@pytest.mark.parametrize("single", [Pollers, Fifo, kinds.Kind])
def test_what_is_alone_or_optional_is_no_member(single: type) -> None:
    assert single not in CLASSES


@pytest.mark.parametrize(
    "text",
    [
        "isinstance(end, Queue)",
        "isinstance(end, (int, Queue))",
        "isinstance(end, Queue | Topic)",
        "isinstance(end, Place)",
        "isinstance(end, PLACES)",
        "isinstance(end, Q)",
        "isinstance(end, ends.Queue)",
        "issubclass(cls, Queue)",
        "[isinstance(end, cls) for cls in (Queue, Topic)]",
        "type(end) is Queue",
        "type(end) in (Queue, Topic)",
        "end.__class__ == Queue",
        "type(end) in PLACES",
        "{Queue: 1, Topic: 2}[type(end)]",
        'kind_of(end).word == "queue"',
        'end.kind.word in ("queue", "topic")',
        "kind_of(end) is QUEUE",
        "kind_of(end) in (QUEUE, kinds.TOPIC)",
        "edge.way is Way.EVENT_RULE",
        "edge.way in (Way.EVENT_RULE, Way.SNS_SUBSCRIPTION)",
    ],
)
def test_no_other_way_to_tell_members_apart(text: str) -> None:
    assert len(in_text(text, NAMES, CLASSES)) == 1


MATCHES = {
    "ends early": "case Queue(): pass\n case Topic(): pass",
    "swallows the rest": "case Queue(): pass\n case _: pass",
    "swallows the rest under a name": "case Queue(): pass\n case other: pass",
    "by the class below": "case Queue(): pass\n case Declared(): pass",
    "only sometimes never": "case Queue(): pass\n case _ if end: assert_never(end)",
    "does something else, too": "case Queue(): pass\n case _:\n  print()\n  assert_never(end)",
    "ways": "case Way.EVENT_RULE: pass\n case _: pass",
    "kinds": "case kinds.QUEUE: pass\n case _: pass",
    "within another": "case G(on=Queue()): pass\n case G(): pass\n case _: assert_never(end)",
    "within a tuple": "case (Queue(), _): pass\n case _: assert_never(end)",
}


@pytest.mark.parametrize("cases", MATCHES.values(), ids=MATCHES)
def test_no_match_that_leaves_something_out(cases: str) -> None:
    assert in_text(f"match end:\n {cases}", NAMES, CLASSES)


@pytest.mark.parametrize(
    "text",
    [
        "match end:\n case Queue() | ends.Bus() as p: pass\n case _: assert_never(end)",
        "match end:\n case Queue(fifo=None): pass\n case Queue(): pass\n case _: assert_never(end)",
        "match way:\n case Way.EVENT_RULE: pass\n case _: assert_never(way)",
        "match words:\n case [str(one)]: pass\n case _: pass",
        "isinstance(end, str)",
        "isinstance(end, (list, tuple))",
        "isinstance(consumer.concurrency, Pollers)",
        "edge.origin is queue",
        "kind.ways[Way.EVENT_RULE]",
        "{Way.EVENT_RULE: 1}",
        'f"{kind_of(end).word} {end.name}"',
    ],
)
def test_what_tells_nothing_apart_is_let_through(text: str) -> None:
    assert not in_text(text, NAMES, CLASSES)


def test_names_of_functions_are_told_where_no_member_is_known() -> None:
    assert not in_text("def f(found, kinds): isinstance(found, kinds)", {"str": str}, CLASSES)


def test_everything_takes_them_apart_so() -> None:
    refused = [
        f"{module.__file__}:{line}: {what}"
        for module in modules(but=COPIED)
        for line, what in in_module(module, CLASSES)
    ]
    assert not refused, "\n".join(refused)
