"""What is made on a replaced place as on its heir: edges, and rights of code that still runs."""

from __future__ import annotations

from typing import assert_never

from msgc.diagnostics import Label
from msgc.record import OPEN
from msgc.resolve import codes
from msgc.resolve.symbols import SymbolTable
from msgc.topology import names
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Place, Publication, Publisher, Queue, Topic
from msgc.topology.narrowing import as_place, as_queue, is_fifo, kind_of

Copies = dict[str, tuple[Subscription, Subscription]]
"""By its key, each edge that is made on a replaced place, with the one that the file has."""


def edges_on_both(
    symbols: SymbolTable,
    heirs: dict[Place, Place],
    publishers: tuple[Publisher, ...],
    edges: dict[str, Subscription],
) -> Copies:
    """Return the edges of heirs as they are made on the places that are replaced.

    A queue that has readers of its own keeps these. Where the target is an heir as well, the edge
    leads to what that replaces: so what is deployed stays as it is.
    """
    before = {new: old for old, new in heirs.items()}
    read = {edge.origin for edge in edges.values()}
    read.update(queue for publisher in publishers for queue in publisher.reads)
    found: Copies = {}
    for edge in edges.values():
        place = as_place(edge.origin)
        replaced = before.get(place) if place is not None else None
        if replaced is None or replaced in read:
            continue
        copy = _copy(edge, replaced, before)
        target = as_place(edge.target)
        if target is not None and target not in before and target.says("replaces"):
            continue  # what it replaces is reported, and isn't known
        if not _is_possible(symbols, copy, edge, replaced):
            continue
        key = _key(copy, replaced)
        if key in edges:
            _report_name(symbols, edges[key], edge, replaced)
        else:
            found[key] = (copy, edge)
    return found


def _copy(edge: Subscription, replaced: Place, before: dict[Place, Place]) -> Subscription:
    """Return an edge as it is made on a replaced place."""
    target, queue = as_place(edge.target), edge.dead_letter
    if queue is not None and queue is not OPEN:
        queue = as_queue(before.get(queue, queue))
    if edge.has_name:
        name = f"{edge.name}-from-{replaced.name}"
        was: str | None = f"{edge.built_as}-from-{replaced.built_as}"
        was = None if was == name else was
    else:
        name, was = edge.name, edge.was
    return edge.replace(
        name=name,
        was=was,
        origin=replaced,
        target=edge.target if target is None else before.get(target, target),
        dead_letter=queue,
    )


def _key(copy: Subscription, replaced: Place) -> str:
    if copy.has_name:
        return names.target(copy.name, copy.index or 0)
    return f"{names.poll(copy.name)}-from-{replaced.name}"


def _is_possible(
    symbols: SymbolTable, copy: Subscription, edge: Subscription, replaced: Place
) -> bool:
    """Whether AWS lets an edge be on a replaced topic; report one that can't be."""
    match replaced:
        case Queue() | Bus():
            return True
        case Topic() as topic:
            pass
        case _:
            assert_never(replaced)
    target = as_place(copy.target)
    if topic.fifo is None and target is not None and is_fifo(target):
        what = f"the FIFO {kind_of(target).word} `{target.name}` can't subscribe to it"
        help_ = (
            f"write another queue that replaces `{target.name}` (`replaces: {target.name}`), and"
            " lead the edge there; or write a topic beside it that replaces nothing, and move"
            " publishers and edges by yourself"
        )
    elif topic.fifo is not None and not copy.delivery.takes_fifo:
        what = "a FIFO topic delivers to queues only"
        help_ = f"lead the edge to a queue, until `{topic.name}` is taken out"
    else:
        return True
    symbols.report(
        codes.NOT_ON_BOTH,
        edge.place("to") if edge.says("to") else edge.place("from"),
        f"this edge can't be made on `{topic.name}` as well, which is replaced: {what}",
        help_,
        Label(span=topic.key, message=f"a {'FIFO' if topic.fifo else 'standard'} topic"),
    )
    return False


def _report_name(
    symbols: SymbolTable, other: Subscription, edge: Subscription, replaced: Place
) -> None:
    symbols.report(
        codes.DUPLICATE_NAME,
        other.key,
        f"`{other.name}` is also what `{edge.name}` is called where it is made on"
        f" `{replaced.name}`, which is replaced",
        "rename it",
        Label(span=edge.key, message="this edge"),
    )


def former_publications(
    heirs: dict[Place, Place], publishers: tuple[Publisher, ...]
) -> dict[Publisher, tuple[Publication, ...]]:
    """Return what publishers put on replaced places before they moved: their code may still run."""
    before = {new: old for old, new in heirs.items()}
    found: dict[Publisher, tuple[Publication, ...]] = {}
    for publisher in publishers:
        own = {publication.target for publication in publisher.publishes}
        former = tuple(
            publication.replace(
                target=replaced,
                messages=tuple(m for m in publication.messages if m in replaced.messages)
                or publication.messages,
            )
            for publication in publisher.publishes
            if (replaced := before.get(publication.target)) is not None and replaced not in own
        )
        if former:
            found[publisher] = former
    return found


def former_reads(
    heirs: dict[Place, Place], publishers: tuple[Publisher, ...]
) -> dict[Publisher, tuple[Queue, ...]]:
    """Return the replaced queues of which code reads the heirs by itself."""
    before = {new: old for old, new in heirs.items()}
    found: dict[Publisher, tuple[Queue, ...]] = {}
    for publisher in publishers:
        replaced = (before.get(queue) for queue in publisher.reads)
        queues = tuple(
            queue
            for place in replaced
            if place is not None and (queue := as_queue(place)) is not None
            if queue not in publisher.reads
        )
        if queues:
            found[publisher] = queues
    return found
