"""Find what a name means: `invoicing`, `queue/invoicing`, or `checkout-invoicing` of AWS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.describe.model import Candidate
from msgc.routing.wording import reference
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Producer, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import as_consumer

_SAME = {
    "queues": "queue", "topics": "topic", "buses": "bus", "consumers": "consumer",
    "producers": "producer", "messages": "message", "subscriptions": "subscription",
    "rule": "subscription", "schedule": "subscription", "pipe": "subscription",
}  # fmt: skip
"""Words that mean a kind as well: sections, and what subscriptions become."""


def candidates(topology: Topology) -> tuple[Candidate, ...]:
    """Return everything of a file that can be explained, in the order of its sections."""
    return (
        *(Candidate(reference=f"message/{m.name}", thing=m) for m in topology.messages.values()),
        *(Candidate(reference=reference(place), thing=place) for place in topology.places),
        *_subscriptions(topology),
        *(Candidate(reference=reference(c), thing=c) for c in topology.consumers.values()),
        *(Candidate(reference=f"producer/{p.name}", thing=p) for p in topology.producers.values()),
    )


def meant(every: Iterable[Candidate], name: str) -> tuple[Candidate, ...]:
    """Return what a name means: by kind and name, by name alone, or by its name in AWS."""
    found = tuple(every)
    kind, slash, rest = name.partition("/")
    if slash:
        wanted = f"{_SAME.get(kind, kind)}/{rest}"
        return tuple(each for each in found if each.reference == wanted)
    named = [each for each in found if each.thing.name == name]
    plain = tuple(each for each in named if not each.is_implied)
    return (
        plain or tuple(named) or tuple(each for each in found if name and _physical(each) == name)
    )


def _physical(candidate: Candidate) -> str:
    """Return what a place is called in AWS; nothing else has a name there that isn't made."""
    match candidate.thing:
        case Queue() | Topic() | Bus() as place:
            return place.physical_name
        case Consumer() | Producer() | Message() | Subscription():
            return ""
        case _:
            assert_never(candidate.thing)


def _subscriptions(topology: Topology) -> Iterator[Candidate]:
    """Yield subscriptions, those with several targets once; no polls, which consumers declare."""
    found: dict[str, list[Subscription]] = {}
    for edge in topology.subscriptions.values():
        if edge.has_name:
            found.setdefault(edge.name, []).append(edge)
    for name, edges in found.items():
        consumer = as_consumer(edges[0].target)
        yield Candidate(
            reference=f"subscription/{name}",
            thing=edges[0],
            edges=tuple(edges),
            is_implied=consumer is not None and edges[0].key is consumer.key,
        )
