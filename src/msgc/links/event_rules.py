"""EventBridge rules: one for each edge that leaves a bus, with the pattern that it needs."""

from __future__ import annotations

from typing import Any

from msgc.filtering.on_wire import wire_filters
from msgc.links.edges import BusEdge
from msgc.links.mechanisms import EventRule
from msgc.links.model import Arrival
from msgc.sending.transformers import path_behind, transformer
from msgc.topology import ids
from msgc.topology.edges import Subscription
from msgc.topology.messages import Message
from msgc.topology.narrowing import is_fifo

ANYTHING: dict[str, Any] = {"source": [{"prefix": ""}]}
"""What every event has; EventBridge refuses an empty pattern."""


def event_rules(edges: tuple[BusEdge, ...]) -> tuple[EventRule, ...]:
    """Return the rules of all edges that leave a bus, in the order of the file."""
    return tuple(
        EventRule(
            edge=each.edge,
            bus=each.bus,
            target=each.edge.target,
            pattern=event_pattern(each.edge),
            group=group_of(each.edge),
            dead_letter=each.edge.dead_letter,
            retry=each.edge.retry,
            transformer=None if each.edge.send is None else transformer(each.edge.send),
            construct_id=ids.rule(each.edge),
        )
        for each in edges
    )


def arrival(rule: EventRule, *, in_queue: bool) -> Arrival:
    """Return what arrives by a rule: an event with the payload in it, or what it sends instead.

    In a queue the event is the body.
    """
    edge = rule.edge
    return Arrival(
        envelopes=("eventbridge",) if in_queue and edge.brings_events else (),
        attributes=False,
        messages=edge.delivered,
        untyped=edge.delivers_untyped,
        edges=(edge,),
    )


def group_of(edge: Subscription) -> tuple[str, ...] | None:
    """Return the field that is the group of all messages of an edge to a FIFO queue, if one is.

    It is one of the event's `detail`, also where another message is sent: a rule takes one path
    into the event, the same for all.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
    """
    if not is_fifo(edge.target) or edge.delivers_untyped:
        return None
    sent = edge.send
    groups = {m.group_on_wire if sent is None else m.group_by for m in edge.delivered}
    fields = next(iter(groups)) if len(groups) == 1 else None
    if not fields or len(fields) > 1:
        return None
    if sent is None:
        return fields[0]
    path = path_behind(sent, fields[0]) or ""
    return tuple(path.split(".")[2:]) if path.startswith("$.detail.") else None


def event_pattern(edge: Subscription) -> dict[str, Any]:
    """Return the pattern: as written, or source and detail-type of the messages and the filter."""
    if edge.pattern is not None:
        return edge.pattern
    head = ANYTHING if edge.untyped else _types(edge.messages)
    if not edge.filter:
        return head
    details = wire_filters(edge.filter, edge.messages)
    return {**head, "detail": details[0] if len(details) == 1 else {"$or": list(details)}}


def _types(messages: tuple[Message, ...]) -> dict[str, Any]:
    """Return the clauses for source and detail-type; each source goes with its types only."""
    by_source: dict[str, tuple[list[Any], dict[str, None]]] = {}
    for message in messages:
        _, types = by_source.setdefault(repr(message.sources), (list(message.sources), {}))
        types[message.type] = None
    branches = [
        {"source": sources, "detail-type": list(types)} for sources, types in by_source.values()
    ]
    return branches[0] if len(branches) == 1 else {"$or": branches}
