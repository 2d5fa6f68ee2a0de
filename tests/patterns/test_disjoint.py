"""Two patterns: whether one payload may match both."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.patterns.disjoint import can_both_match
from msgc.patterns.satisfiability import Sights
from msgc.payloads import read
from msgc.runtime.matching import Pattern
from msgc.syntax import load
from tests.files import Memory

SCHEMA = """
type: object
required: [id, level, floor, heat]
additionalProperties: false
properties:
  id: {type: string}
  level: {enum: [low, high, off]}
  floor: {type: integer, minimum: 0, maximum: 4}
  heat: {type: number}
  note: {type: string}
  tags: {type: array, items: {type: string}}
  rooms: {type: array, items: {type: object, properties: {name: {type: string}}}}
  extra: {}
  labels: {type: object, additionalProperties: {type: string}}
"""


def _sights() -> Sights:
    document = load("schema.yaml", Memory({"schema.yaml": SCHEMA})).value
    assert document is not None
    shape = read(document.root, name="Lift", path="schema.yaml", load=lambda _: 1 / 0).value  # type: ignore[arg-type,return-value]
    assert shape is not None
    return Sights(shape)


SIGHTS = _sights()

APART: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"level": ["low"]}, {"level": ["high", "off"]}),
    ({"level": [{"prefix": "h"}]}, {"level": [{"suffix": "w"}]}),  # of three values
    ({"level": [{"anything-but": "low"}]}, {"level": ["low"]}),
    ({"floor": [{"numeric": ["<", 2]}]}, {"floor": [{"numeric": [">", 1]}]}),  # whole numbers
    ({"heat": [{"numeric": ["<", 2]}]}, {"heat": [{"numeric": [">=", 2]}]}),
    ({"heat": [1.5]}, {"heat": [{"numeric": [">", 1.5]}]}),
    ({"id": [{"prefix": "a-"}]}, {"id": [{"prefix": "b-"}, "a"]}),
    ({"id": [{"suffix": ".a"}]}, {"id": [{"suffix": ".b"}]}),
    ({"id": [{"anything-but": {"prefix": "a"}}]}, {"id": [{"prefix": "a"}]}),
    ({"id": [{"anything-but": ["a", "b"]}]}, {"id": ["a", "b"]}),
    ({"note": [{"exists": False}]}, {"note": [{"exists": True}]}),
    ({"note": [{"exists": False}, "a"]}, {"note": ["b"]}),
    ({"$or": [{"level": ["low"]}, {"id": ["x"]}]}, {"level": ["high"], "id": ["y"]}),
    ({"level": ["low"], "id": ["x"]}, {"level": ["low"], "id": ["y"]}),
]

TOGETHER: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"level": ["low"]}, {"level": ["low", "off"]}),
    ({"level": ["low"]}, {"id": ["x"]}),
    ({"heat": [{"numeric": ["<=", 2]}]}, {"heat": [{"numeric": [">=", 2]}]}),
    ({"id": [{"prefix": "a"}]}, {"id": [{"prefix": "ab"}]}),
    ({"id": [{"prefix": "a"}]}, {"id": [{"prefix": '"a'}]}),  # the quote that JSON has around it
    ({"id": [{"prefix": "a"}]}, {"id": [{"suffix": "b"}]}),
    ({"id": [{"anything-but": "a"}]}, {"id": [{"anything-but": "b"}]}),
    ({"id": ["::1"]}, {"id": ["0:0::1"]}),  # one address
    ({"note": [{"exists": False}, "a"]}, {"note": [{"exists": False}, "b"]}),
    ({"tags": ["a"]}, {"tags": ["b"]}),  # a list may have both
    ({"rooms": {"name": ["a"]}}, {"rooms": {"name": ["b"]}}),
    ({"extra": ["a"]}, {"extra": ["b"]}),  # of which nothing is known
    ({"labels": {"a": {"b": ["x"]}}}, {"labels": {"a": {"b": ["x"]}}}),
    ({"$or": [{"level": ["low"]}, {"id": ["x"]}]}, {"level": ["high"]}),
]


@pytest.mark.parametrize(("one", "other"), APART, ids=str)
def test_no_payload_matches_both(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not can_both_match(Pattern(one), Pattern(other), SIGHTS)
    assert not can_both_match(Pattern(other), Pattern(one), SIGHTS)


@pytest.mark.parametrize(("one", "other"), TOGETHER, ids=str)
def test_a_payload_may_match_both(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert can_both_match(Pattern(one), Pattern(other), SIGHTS)
    assert can_both_match(Pattern(other), Pattern(one), SIGHTS)
