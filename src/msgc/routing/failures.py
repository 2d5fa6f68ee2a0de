"""Turn failed tests into findings: the filter that said no, or the way that is too many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.diagnostics import Diagnostic, Label
from msgc.routing.codes import TEST_FAILED, UNPUBLISHABLE
from msgc.routing.route import Route
from msgc.routing.wording import reference
from msgc.runtime.errors import RefusedError
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Place, Queue, Topic
from msgc.topology.graph import Graph
from msgc.topology.model import Expectation, Test, Topology
from msgc.topology.narrowing import as_place

Receiver = Place | Consumer | Subscription

_LABELS = 4
"""How many edges that said no are shown for one receiver."""


class Failures:
    """Tells why tests of a topology failed."""

    def __init__(self, topology: Topology) -> None:
        """Index its edges once."""
        self._graph = Graph(topology)

    def of(self, test: Test, failure: Route | RefusedError) -> Iterator[Diagnostic]:
        """Yield what is wrong: the message can't be sent, or doesn't go where it should."""
        if isinstance(failure, RefusedError):
            yield UNPUBLISHABLE.at(
                test.published,
                f"{_what(test)} can't be sent to `{test.place.name}`: {failure}",
            )
            return
        for expected in test.reaches:
            if expected.receiver not in failure.reached:
                yield _missed(test, expected, failure, self._graph)
        for unwanted in test.misses:
            if unwanted.receiver in failure.reached:
                yield _hit(test, unwanted, failure)


def _missed(test: Test, expected: Expectation, route: Route, graph: Graph) -> Diagnostic:
    name = reference(expected.receiver)
    refused = [
        tell for edge, tell in route.refused.items() if _leads(edge, expected.receiver, graph)
    ]
    why = "" if refused else f": nothing leads there from `{reference(route.start)}`"
    return TEST_FAILED.at(
        expected.span,
        f"{test.name}: {_what(test)} doesn't reach `{name}`{why}",
        labels=tuple(
            Label(span=no.span, message=f"`{no.edge.name}` says no: {no.reason}")
            for no in (tell() for tell in refused[:_LABELS])
        ),
    )


def _leads(edge: Subscription, receiver: Receiver, graph: Graph) -> bool:
    """Whether an edge is, or leads to, what should be reached, whatever the filters after it.

    Behind it, no event goes on to another bus: only a bus leads to one, and it would be the second.
    """
    todo, seen = [edge], {edge}
    while todo:
        step = todo.pop()
        if receiver in (step, step.target):
            return True
        place = as_place(step.target)
        if place is not None:
            leaving = graph.subscriptions_from(place)
            after = [edge for edge in leaving if edge not in seen and edge.forwards_to is None]
            seen.update(after)
            todo += after
    return False


def _hit(test: Test, unwanted: Expectation, route: Route) -> Diagnostic:
    receiver = unwanted.receiver
    edges: tuple[Subscription, ...] = next(
        (way.edges for way in route.arrived if receiver in (way.receiver, *way.edges)),
        _itself(receiver),
    )
    return TEST_FAILED.at(
        unwanted.span,
        f"{test.name}: {_what(test)} reaches `{reference(receiver)}`",
        labels=tuple(Label(span=e.key, message=f"`{e.name}` takes it") for e in edges),
    )


def _what(test: Test) -> str:
    """Return what is published: a message, or what a schedule sends without a type."""
    return f"what `{test.place.name}` sends" if test.message is None else f"`{test.message.name}`"


def _itself(receiver: Receiver) -> tuple[Subscription, ...]:
    match receiver:
        case Subscription():
            return (receiver,)
        case Queue() | Topic() | Bus() | Consumer():
            return ()
        case _:
            assert_never(receiver)
