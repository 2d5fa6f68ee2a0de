"""Resolve whom alarms tell: the topics that `notify` names."""

from __future__ import annotations

from msgc.resolve.ends.addressed import place_at
from msgc.resolve.ends.notified import notified
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import Topic
from msgc.topology.narrowing import as_topic


def resolve_notified(symbols: SymbolTable) -> dict[tuple[str, int], Topic]:
    """Return the topics that alarms tell, by where the file says so."""
    topics: dict[tuple[str, int], Topic] = {}
    seen: set[tuple[str, int]] = set()
    for user, node in notified(symbols):
        if node.span.place in seen:
            continue  # it stands in the defaults of several
        seen.add(node.span.place)
        place = place_at(symbols, "topic", node.get("topic"), user)
        topic = None if place is None else as_topic(place)
        if topic is not None:
            topics[node.span.place] = topic
    return topics
