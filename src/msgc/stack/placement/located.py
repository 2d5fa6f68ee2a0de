"""In which stack lies what is planned for something of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgc.topology.declared import Declared
from msgc.topology.model import Topology
from msgc.topology.placement import MAIN

T = TypeVar("T")


def located(topology: Topology) -> dict[Declared, str]:
    """Return the stack of everything that the file declares, or that is derived from it."""
    placement = topology.placement
    if placement is None:
        return {}
    return {
        **{place: placement.place(place) for place in topology.places},
        **{publisher: placement.publisher(publisher) for publisher in topology.publishers},
        **{edge: placement.edge(edge) for edge in topology.subscriptions.values()},
        **{key: key.stack for key in topology.keys if key.is_made},
    }


def by_stack(
    topology: Topology, found: Iterable[T], declared: Callable[[T], Declared]
) -> dict[str, list[T]]:
    """Sort things by the stack of what they are made for; without stacks all are in one."""
    where = located(topology)
    sorted_: dict[str, list[T]] = {}
    for each in found:
        sorted_.setdefault(where.get(declared(each), MAIN), []).append(each)
    return sorted_
