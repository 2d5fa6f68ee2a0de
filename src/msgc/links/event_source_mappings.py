"""Event source mappings: functions that poll queues, with the filters that Lambda applies."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.links.arrivals import Arrivals
from msgc.links.edges import PolledEdge
from msgc.links.mechanisms import EventSourceMapping
from msgc.links.record_patterns import record_patterns


def event_source_mappings(
    edges: tuple[PolledEdge, ...], arrivals: Arrivals, diagnostics: list[Diagnostic]
) -> tuple[EventSourceMapping, ...]:
    """Return the event source mappings of all consumers."""
    return tuple(
        EventSourceMapping(
            edge=each.edge,
            queue=each.queue,
            consumer=each.consumer,
            patterns=record_patterns(each.edge, arrivals.at(each.queue), diagnostics),
        )
        for each in edges
    )
