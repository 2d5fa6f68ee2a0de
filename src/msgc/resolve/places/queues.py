"""Resolve queues, and link them to their dead-letter queues."""

from __future__ import annotations

from msgc.kinds import QUEUE
from msgc.record import OPEN
from msgc.resolve import parse
from msgc.resolve.ends.found import check_region, found, is_fifo
from msgc.resolve.places.buffers import buffers
from msgc.resolve.places.implicit_queues import implicit_dead_letter, implicit_undelivered
from msgc.resolve.places.outsiders import allowed
from msgc.resolve.places.topics_and_buses import (
    carried_messages,
    discovery,
    encryption,
    external,
    fifo,
    physical_name,
)
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import Queue
from msgc.topology.settings import Fifo
from msgc.topology.units import DEFAULT_QUEUE_SIZE
from msgc.tree import Mapping, Scalar


def resolve_queues(symbols: SymbolTable) -> list[tuple[Queue, Mapping]]:
    """Add every queue to the symbol table: declared, buffers, and those that are made if needed.

    Those that are declared, and the buffers, are returned with their settings.
    """
    declared = [(queue(symbols, key, node), node) for key, node in symbols.declarations("queues")]
    for key, node in buffers(symbols):
        about = f"What waits for the consumer {key.text}."
        symbols.buffers[key.text] = buffer = queue(symbols, key, node, about=about)
        declared.append((buffer, node))
    for each, node in declared:
        symbols.queues[each.name] = each
        implicit = implicit_dead_letter(each, node)
        if implicit is not None:
            symbols.implicit_queues[implicit.queue.name] = implicit
    for implicit in implicit_undelivered(symbols):
        symbols.implicit_queues[implicit.queue.name] = implicit
    return declared


def queue(symbols: SymbolTable, key: Scalar, node: Mapping, *, about: str = "") -> Queue:
    """Return a queue as it is declared."""
    elsewhere = symbols.elsewhere.get(("queues", key.text))
    imported = elsewhere.address if elsewhere else found(node.get("import"), key.text, QUEUE)
    check_region(symbols, node.get("import"), QUEUE)
    ordered = fifo(node) or (Fifo() if is_fifo(imported) else None)
    none = imported is not None or parse.boolean(node.get("dead_letter")) is False
    outside = allowed(symbols, node)
    return Queue(
        name=key.text,
        key=key.span,
        node=node,
        was=parse.text(node.get("was")),
        description=parse.prose(node.get("description")) or about,
        physical_name=physical_name(node, ordered),
        fifo=ordered,
        messages=carried_messages(symbols, node, elsewhere),
        visibility=parse.given(
            elsewhere.visibility if elsewhere else parse.duration(node.get("visibility")), OPEN
        ),
        retention=parse.given(parse.duration(node.get("retention")), OPEN),
        delay=parse.given(parse.duration(node.get("delay")), 0),
        max_size=parse.given(
            elsewhere.max_size if elsewhere else parse.size(node.get("max_size")),
            DEFAULT_QUEUE_SIZE,
        ),
        wait=parse.given(parse.duration(node.get("wait")), 20),
        dead_letter=None if none else OPEN,
        imported=imported,
        elsewhere=elsewhere,
        others_publish=bool(imported or outside.publish) or external(node, "publish"),
        others_subscribe=bool(imported or outside.subscribe) or external(node, "subscribe"),
        allowed=outside,
        content_deduplication=OPEN,
        discovery=discovery(symbols, node),
        encryption=encryption(symbols, key.text, node, symbols.stack_of("queues", key.text)),
    )
