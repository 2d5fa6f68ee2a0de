"""Check the grammar of filters, and whether any payload of their messages can match."""

from __future__ import annotations

from typing import Any, assert_never

from msgc.diagnostics import Diagnostic
from msgc.filtering.each_clause import impossible_clauses
from msgc.filtering.edge_filter import VisibleValues, edge_filter
from msgc.filtering.whole_filter import clauses_together
from msgc.kinds import Way
from msgc.patterns import (
    DETAIL_FILTER,
    EVENT_PATTERN,
    LAMBDA_FILTER,
    PIPE_FILTER,
    SNS_FILTER,
    Dialect,
    check_pattern,
)
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.model import Topology
from msgc.tree import JsonValue, Mapping, Node


def with_sound_filters(topology: Topology, diagnostics: list[Diagnostic]) -> Topology:
    """Report broken filters, and return the topology without them.

    What comes after can rely on the grammar, and has its say about all the other edges.
    """
    visible = VisibleValues()
    edges = {
        name: _sound(edge, visible, diagnostics) for name, edge in topology.subscriptions.items()
    }
    if all(edge is edges[name] for name, edge in topology.subscriptions.items()):
        return topology
    return topology.replace(subscriptions=edges)


def _sound(
    edge: Subscription, visible: VisibleValues, diagnostics: list[Diagnostic]
) -> Subscription:
    found = [
        *_grammar(edge, "filter", _dialect(edge)),
        *_grammar(edge, "pattern", EVENT_PATTERN),
    ]
    broken = tuple(diagnostic.span for diagnostic in found if diagnostic.is_error)
    known = edge_filter(_without(edge, broken) if broken else edge, visible)
    impossible = tuple(impossible_clauses(known)) if known is not None else ()
    found += impossible
    if known is not None and not impossible and not broken:
        found += clauses_together(known)
    diagnostics += found
    return edge.replace(filter=None, pattern=None) if broken else edge


def _without(edge: Subscription, broken: tuple[Span, ...]) -> Subscription:
    """Return an edge whose filter has only the fields without mistakes."""
    node = edge.node if isinstance(edge.node, Mapping) else None
    if node is None:
        return edge.replace(filter=None, pattern=None)
    return edge.replace(
        filter=_sound_part(edge.filter, node.get("filter"), broken),
        pattern=_sound_part(edge.pattern, node.get("pattern"), broken),
    )


def _sound_part(pattern: JsonValue, node: Node | None, broken: tuple[Span, ...]) -> Any:
    if not isinstance(pattern, dict) or not isinstance(node, Mapping):
        return None
    if any(span.place == node.span.place and span.end == node.span.end for span in broken):
        return None
    sound: dict[str, JsonValue] = {}
    for name, value in pattern.items():
        key, below = node.entries[name]
        if not any(key.span.holds(span) or below.span.holds(span) for span in broken):
            sound[name] = value
        elif (part := _sound_part(value, below, broken)) is not None:
            sound[name] = part
    return sound or None


def _grammar(edge: Subscription, key: str, dialect: Dialect) -> tuple[Diagnostic, ...]:
    node = edge.node.get(key) if isinstance(edge.node, Mapping) else None
    return check_pattern(node, dialect) if node is not None else ()


def _dialect(edge: Subscription) -> Dialect:
    match edge.way:
        case Way.SNS_SUBSCRIPTION:
            return SNS_FILTER
        case Way.EVENT_RULE:
            return DETAIL_FILTER
        case Way.EVENT_SOURCE_MAPPING | Way.STREAM_MAPPING | Way.SCHEDULE | Way.LONG_POLL:
            return LAMBDA_FILTER
        case Way.PIPE | Way.STREAM_PIPE:
            return PIPE_FILTER
        case _:
            assert_never(edge.way)
