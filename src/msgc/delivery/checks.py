"""What is wrong with filters by themselves: their grammar, and fields that nobody sends."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.delivery import codes
from msgc.delivery.fields import Condition, conditions, leaf
from msgc.delivery.possible import impossible_values
from msgc.diagnostics import Diagnostic, did_you_mean
from msgc.patterns import (
    DETAIL_FILTER,
    EVENT_PATTERN,
    LAMBDA_FILTER,
    SNS_FILTER,
    Dialect,
    check_pattern,
)
from msgc.payloads.model import ArrayShape, ObjectShape, Shape
from msgc.source import Span
from msgc.topology.model import Bus, Subscription, Topic, Topology
from msgc.tree import Mapping, at

_DEPTH = 4
"""How deep fields are offered in "did you mean"."""


def with_sound_filters(topology: Topology, diagnostics: list[Diagnostic]) -> Topology:
    """Report broken filters, and return the topology without them.

    What comes after can rely on the grammar, and has its say about all the other edges.
    """
    edges = {name: _sound(edge, diagnostics) for name, edge in topology.subscriptions.items()}
    if all(edge is edges[name] for name, edge in topology.subscriptions.items()):
        return topology
    return topology.replace(subscriptions=edges)


def _sound(edge: Subscription, diagnostics: list[Diagnostic]) -> Subscription:
    found = [
        *_grammar(edge, "filter", _dialect(edge)),
        *_grammar(edge, "pattern", EVENT_PATTERN),
    ]
    broken = any(diagnostic.is_error for diagnostic in found)
    if not broken:
        found += (*_unknown_fields(edge), *impossible_values(edge))
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


def _unknown_fields(edge: Subscription) -> Iterator[Diagnostic]:
    """Yield the fields of a filter that none of the edge's messages has."""
    if not edge.messages or edge.untyped:
        return
    for field in conditions(edge.filter or {}):
        if any(leaf(message, field.path) is not None for message in edge.messages):
            continue
        known = {name for m in edge.messages for name in _names(m.payload, "", _DEPTH)}
        listed = ", ".join(f"`{message.name}`" for message in edge.messages)
        yield codes.UNKNOWN_FILTER_FIELD.at(
            _key_of(edge, field),
            f"{listed} has no field `{field.name}`"
            if len(edge.messages) == 1
            else f"none of {listed} has a field `{field.name}`",
            help=did_you_mean(field.name, known),
        )


def _key_of(edge: Subscription, field: Condition) -> Span:
    """Return the place of the key by which a filter names a field."""
    around = at(edge.node, ("filter", *field.written[:-1]))
    name = field.written[-1]
    if isinstance(around, Mapping) and isinstance(name, str):
        return around.key(name).span
    return edge.place("filter")


def _names(shape: Shape, prefix: str, depth: int) -> Iterator[str]:
    while isinstance(shape, ArrayShape):
        shape = shape.items
    if isinstance(shape, ObjectShape) and depth:
        for field in shape.fields:
            yield prefix + field.wire
            yield from _names(field.shape, f"{prefix}{field.wire}.", depth - 1)
