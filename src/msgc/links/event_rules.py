"""Rules: one for each edge that leaves a bus, with the event pattern that it needs."""

from __future__ import annotations

from typing import Any

from msgc.links.model import EventRule
from msgc.topology import ids
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Message, kind_of
from msgc.topology.model import Topology

ANYTHING: dict[str, Any] = {"source": [{"prefix": ""}]}
"""What every event has; EventBridge refuses an empty pattern."""


def rules(topology: Topology) -> tuple[EventRule, ...]:
    """Return the rules of all edges that leave a bus, in the order of the file."""
    found = []
    for edge in topology.subscriptions.values():
        bus, target = edge.origin, edge.target
        if isinstance(bus, Bus) and kind_of(target).by_rule is not None:
            found.append(
                EventRule(
                    edge=edge,
                    bus=bus,
                    target=target,
                    pattern=event_pattern(edge),
                    dead_letter=edge.dead_letter,
                    retry=edge.retry,
                    construct_id=ids.rule(edge),
                )
            )
    return tuple(found)


def event_pattern(edge: Subscription) -> dict[str, Any]:
    """Return the pattern: as written, or source and detail-type of the messages and the filter."""
    if edge.pattern is not None:
        return edge.pattern
    head = ANYTHING if edge.untyped else _types(edge.messages)
    return {**head, "detail": edge.filter} if edge.filter else head


def _types(messages: tuple[Message, ...]) -> dict[str, Any]:
    """Return the clauses for source and detail-type; each source goes with its own types only."""
    by_source: dict[str, tuple[list[Any], dict[str, None]]] = {}
    for message in messages:
        _, types = by_source.setdefault(repr(message.sources), (list(message.sources), {}))
        types[message.type] = None
    branches = [
        {"source": sources, "detail-type": list(types)} for sources, types in by_source.values()
    ]
    return branches[0] if len(branches) == 1 else {"$or": branches}
