"""Loops of subscriptions: what comes back to where it was, without code that publishes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from msgc.lint.wording import name
from msgc.topology.edges import Subscription
from msgc.topology.ends import Publication
from msgc.topology.graph import Graph, Step


def whole_loops(graph: Graph) -> Iterator[tuple[Subscription, ...]]:
    """Yield the loops that have no publisher on them."""
    for cycle in graph.cycles():
        edges = tuple(edge for step in cycle for edge in _subscription(step))
        if len(edges) == len(cycle):
            yield edges


def way_round(edges: Sequence[Subscription]) -> str:
    """Return the places on a way, to be read by people."""
    ends = (edges[0].origin, *(edge.target for edge in edges))
    return " → ".join(f"`{name(end)}`" for end in ends)


def _subscription(step: Step) -> Iterator[Subscription]:
    match step.via:
        case Subscription() as edge:
            yield edge
        case Publication():
            pass
        case _:
            assert_never(step.via)
