"""Replace places (`replaces`): which one takes over from which, and what both have meanwhile."""

from __future__ import annotations

from collections.abc import Mapping as Names

from msgc.record import Record
from msgc.resolve.replacements.copies import (
    Copies,
    edges_on_both,
    former_publications,
    former_reads,
)
from msgc.resolve.replacements.heirs import heirs
from msgc.resolve.replacements.use import check_use
from msgc.resolve.symbols import SymbolTable
from msgc.topology.edges import Subscription
from msgc.topology.ends import Producer, Publisher
from msgc.topology.replacements import Replacements


class Replaced(Record):
    """What the file replaces, and all edges, with those that are made on replaced places."""

    replacements: Replacements
    edges: dict[str, Subscription]


def replace_places(
    symbols: SymbolTable, producers: Names[str, Producer], edges: dict[str, Subscription]
) -> Replaced:
    """Return what comes of `replaces` in a file, and report what can't be meant by it."""
    found = heirs(symbols)
    publishers: tuple[Publisher, ...] = (*producers.values(), *symbols.consumers.values())
    check_use(symbols, found, publishers, tuple(edges.values()))
    copied = edges_on_both(symbols, found, publishers, edges)
    _place_alike(symbols, copied)
    return Replaced(
        replacements=Replacements(
            heirs=found,
            edges=dict(copied.values()),
            publications=former_publications(found, publishers),
            reads=former_reads(found, publishers),
        ),
        edges=edges | {key: edge for key, (edge, _) in copied.items()},
    )


def _place_alike(symbols: SymbolTable, copied: Copies) -> None:
    """Place edges that are made on replaced places in the stacks of those that the file has."""
    placement = symbols.placement
    if placement is None:
        return
    named = placement.by_name
    alike = {
        ("subscriptions", copy.name): named["subscriptions", edge.name]
        for copy, edge in copied.values()
        if ("subscriptions", edge.name) in named
    }
    symbols.placement = placement.replace(by_name=named | alike)
