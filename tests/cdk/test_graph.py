"""The pictures: every edge is there, and nothing in a name breaks them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from msgc.emit.graph import dot, mermaid
from msgc.topology.model import Topology
from tests.cdk.synthesis import STACKS, built

ALL = sorted(STACKS.glob("*.yaml"))

_QUOTED = r'"(?:[^"\\]|\\.)*"'
DOT_LINE = re.compile(
    r"  (rankdir=LR|(node|edge) \[.*\]"
    rf"|\w+ \[label={_QUOTED}, shape=\w+\]"
    rf"|\w+ -> \w+( \[(label={_QUOTED})?(, )?(style=dotted)?\])?)"
)
MERMAID_LINE = re.compile(
    r'  (\w+(\(\["|\{\{"|\[\("|\[\["|\["|\[/"|>")[^"]*("\]\)|"\}\}|"\)\]|"\]\]|"/\]|"\])'
    r'|\w+ (-->|-\.->)(\|"[^"|]*"\|)? \w+)'
)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_line_is_well_formed(path: Path) -> None:
    topology, _ = built(path)
    first, *lines, last = dot(topology).splitlines()
    assert first == f'digraph "{topology.service}" {{'
    assert last == "}"
    assert all(DOT_LINE.fullmatch(line) for line in lines)
    first, *lines = mermaid(topology).splitlines()
    assert first == "flowchart LR"
    assert all(MERMAID_LINE.fullmatch(line) for line in lines), lines


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_edges_end_at_nodes(path: Path) -> None:
    topology, _ = built(path)
    nodes = set(re.findall(r"^  (\w+) \[label", dot(topology), re.MULTILINE))
    edges = re.findall(r"^  (\w+) -> (\w+)", dot(topology), re.MULTILINE)
    assert edges
    assert {end for edge in edges for end in edge} <= nodes


@pytest.fixture
def fan() -> Topology:
    return built(STACKS / "topics.yaml")[0]


def test_what_is_on_an_edge(fan: Topology) -> None:
    lines = mermaid(fan).splitlines()
    assert '  producer_web -->|"Placed<br/>Cancelled"| topic_orders' in lines
    assert '  topic_known -->|"any"| queue_anything' in lines
    assert '  consumer_fraud -->|"Cancelled"| topic_orders' in lines
    assert '  topic_orders -.->|"undelivered"| queue_undelivered' in lines
    assert '  consumer_fraud -.->|"failed"| queue_undelivered' in lines
    assert '  queue_invoices -.->|"after 3"| queue_invoices_dlq' in lines
    (filtered,) = [line for line in lines if "topic_orders -->" in line and "total" in line]
    assert "Placed<br/>#123;total: #91;#123;numeric: #91;#62;, 5#93;#125;#93;#125;" in filtered


def test_endpoints_are_nodes(fan: Topology) -> None:
    assert 'label="https://example.com/a?b=1", shape=note' in dot(fan)
    assert '>"+31612345678"]' in mermaid(fan)


def test_the_same_twice(fan: Topology) -> None:
    again = built(STACKS / "topics.yaml")[0]
    assert dot(fan) == dot(again)
    assert mermaid(fan) == mermaid(again)
