"""The names of places, edges and receivers in routes."""

from __future__ import annotations

from typing import assert_never

from msgc.topology import names
from msgc.topology.deferred import spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Outside, Place, Queue, Topic
from msgc.topology.narrowing import kind_of
from msgc.topology.origins import Schedule


def reference(thing: Place | Consumer | Subscription | Schedule) -> str:
    """Return kind and name, as `tests:` has them: `queue/invoicing`."""
    match thing:
        case Queue() | Topic() | Bus() | Consumer():
            return f"{kind_of(thing).word}/{thing.name}"
        case Schedule():
            return f"{thing.word}/{thing.name}"
        case Subscription():
            return f"subscription/{thing.name}"
        case _:
            assert_never(thing)


def edge_name(edge: Subscription) -> str:
    """Return what an edge is called: a subscription by its name, a poll by its consumer."""
    return edge.name if edge.has_name else names.poll(edge.name)


def receiver(target: End) -> str:
    """Return what a receiver is called; what has no name in the file, by its address."""
    match target:
        case Outside(kind=kind):
            return f"{kind.scheme}{spelling(target.text)}" if target.text else kind.word
        case Queue() | Topic() | Bus() | Consumer():
            return reference(target)
        case _:
            assert_never(target)
