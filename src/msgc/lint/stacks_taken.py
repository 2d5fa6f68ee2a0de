"""What is taken out of a section `stacks` where a stack has too much: the edits of its lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.diagnostics import Edit
from msgc.source import Span
from msgc.stack.placement.division import Node, is_written
from msgc.topology.ends import Consumer, Queue
from msgc.topology.model import Topology
from msgc.tree import Mapping, Scalar, Sequence, at


def by_section(topology: Topology, nodes: tuple[Node, ...]) -> dict[str, list[str]]:
    """Return the names of queues and consumers by the sections that declare them."""
    found: dict[str, list[str]] = {}
    for node in nodes:
        match node:
            case Queue():
                if is_written(topology, node):  # one that buffers a consumer goes with that
                    found.setdefault("queues", []).append(node.name)
            case Consumer():
                found.setdefault("consumers", []).append(node.name)
            case _:
                assert_never(node)
    return found


def taken_out(
    topology: Topology, stack: str, moved: tuple[tuple[Node, ...], ...]
) -> tuple[Edit, ...] | None:
    """Return the edits that take names out of the lists of a stack.

    None where a list would be empty, or isn't written there but by an alias.
    """
    entry = at(topology.root, ("stacks", stack))
    edits: list[Edit] = []
    names = by_section(topology, tuple(node for each in moved for node in each))
    for section, gone in names.items():
        listed = entry.get(section) if isinstance(entry, Mapping) else None
        if not isinstance(listed, Sequence) or not _is_within(listed.span, entry.span):
            return None
        taken = frozenset(gone)
        kept = [item for item in listed.items if not _is_named(item, taken)]
        if not kept or len(kept) + len(taken) != len(listed.items):
            return None
        edits += _without(listed, taken)
    return tuple(edits)


def _is_within(inner: Span, outer: Span) -> bool:
    return inner.source is outer.source and outer.start <= inner.start and inner.end <= outer.end


def _is_named(item: object, names: frozenset[str]) -> bool:
    return isinstance(item, Scalar) and item.text in names


def _without(listed: Sequence, names: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits that delete items, each with what parts it from the next or the last kept."""
    source = listed.span.source
    in_brackets = source.text[listed.span.start] == "["
    kept_until: int | None = None
    items = listed.items
    for index, item in enumerate(items):
        if not _is_named(item, names):
            kept_until = item.span.end
            continue
        start, end = item.span.start, item.span.end
        if not in_brackets:
            start = source.text.rfind("\n", 0, start) + 1
            end = source.text.find("\n", end) + 1 or len(source.text)
        elif index + 1 < len(items) and any(not _is_named(i, names) for i in items[index:]):
            end = items[index + 1].span.start
        elif kept_until is not None:  # only such follow: what parts them goes, too
            start, kept_until = kept_until, end
        yield Edit(span=Span(source, start, end), text="")
