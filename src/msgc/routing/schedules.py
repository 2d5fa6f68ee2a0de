"""What schedules send when it is time."""

from __future__ import annotations

from typing import assert_never

from msgc.routing.input import Input
from msgc.routing.publishing import scheduled
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.origins import Schedule, Stream


def fired(topology: Topology, name: str) -> Input | None:
    """Return what a schedule sends; None if there is none of that name."""
    edge = _timed(topology).get(name)
    return None if edge is None else _sent(edge)


def schedules_of(topology: Topology) -> tuple[str, ...]:
    """Return the names of all schedules."""
    return tuple(_timed(topology))


def _timed(topology: Topology) -> dict[str, Subscription]:
    return {edge.name: edge for edge in topology.subscriptions.values() if edge.way.is_timed}


def _sent(edge: Subscription) -> Input | None:
    match edge.origin:
        case Schedule() as schedule:
            message = next(iter(edge.made), None)
            return Input(place=schedule, message=message, parcel=scheduled(edge))
        case Queue() | Topic() | Bus() | Stream():
            return None
        case _:
            assert_never(edge.origin)
