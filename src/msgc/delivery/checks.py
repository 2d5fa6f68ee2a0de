"""What is wrong with filters by themselves: their grammar, and what their messages can't be."""

from __future__ import annotations

from msgc.delivery.filtered import Seen, filtered
from msgc.delivery.possible import impossible_clauses
from msgc.delivery.together import clauses_together
from msgc.diagnostics import Diagnostic
from msgc.patterns import (
    DETAIL_FILTER,
    EVENT_PATTERN,
    LAMBDA_FILTER,
    SNS_FILTER,
    Dialect,
    check_pattern,
)
from msgc.topology.model import Bus, Subscription, Topic, Topology
from msgc.tree import Mapping


def with_sound_filters(topology: Topology, diagnostics: list[Diagnostic]) -> Topology:
    """Report broken filters, and return the topology without them.

    What comes after can rely on the grammar, and has its say about all the other edges.
    """
    seen = Seen()
    edges = {name: _sound(edge, seen, diagnostics) for name, edge in topology.subscriptions.items()}
    if all(edge is edges[name] for name, edge in topology.subscriptions.items()):
        return topology
    return topology.replace(subscriptions=edges)


def _sound(edge: Subscription, seen: Seen, diagnostics: list[Diagnostic]) -> Subscription:
    found = [
        *_grammar(edge, "filter", _dialect(edge)),
        *_grammar(edge, "pattern", EVENT_PATTERN),
    ]
    broken = any(diagnostic.is_error for diagnostic in found)
    if not broken and (known := filtered(edge, seen)) is not None:
        impossible = tuple(impossible_clauses(known))
        found += impossible or tuple(clauses_together(known))
    diagnostics += found
    return edge.replace(filter=None, pattern=None) if broken else edge


def _grammar(edge: Subscription, key: str, dialect: Dialect) -> tuple[Diagnostic, ...]:
    node = edge.node.get(key) if isinstance(edge.node, Mapping) else None
    return check_pattern(node, dialect) if node is not None else ()


def _dialect(edge: Subscription) -> Dialect:
    match edge.origin:
        case Topic():
            return SNS_FILTER
        case Bus():
            return DETAIL_FILTER
        case _:
            return LAMBDA_FILTER
