"""What the places and edges of a route are called."""

from __future__ import annotations

from typing import assert_never

from msgc.topology import names
from msgc.topology.model import (
    Bus,
    Consumer,
    Email,
    HttpEndpoint,
    LogGroup,
    Place,
    Queue,
    Sms,
    Subscription,
    Target,
    Topic,
)


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
    match target:
        case HttpEndpoint(url=url):
            return url
        case Email(address=address):
            return f"mailto:{address}"
        case Sms(number=number):
            return f"sms:{number}"
        case LogGroup(name=name):
            return f"log_group/{name}" if name else "log_group"
        case _:
            return reference(target)
