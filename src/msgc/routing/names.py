"""What the places and edges of a route are called."""

from __future__ import annotations

from typing import assert_never

from msgc.topology import names
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Outside, Place, Queue, Target, Topic


def reference(thing: Place | Consumer | Subscription) -> str:
    """Return kind and name, as `tests:` has them: `queue/invoicing`."""
    match thing:
        case Queue():
            kind = "queue"
        case Topic():
            kind = "topic"
        case Bus():
            kind = "bus"
        case Consumer():
            kind = "consumer"
        case Subscription():
            kind = "subscription"
        case _:
            assert_never(thing)
    return f"{kind}/{thing.name}"


def edge_name(edge: Subscription) -> str:
    """Return what an edge is called: a subscription by its name, a poll by its consumer."""
    return names.poll(edge.name) if isinstance(edge.origin, Queue) else edge.name


def receiver(target: Target) -> str:
    """Return what a receiver is called; what has no name in the file, by its address."""
    if isinstance(target, Outside):
        return f"{target.kind.scheme}{target.text}" if target.text else target.kind.word
    return reference(target)
