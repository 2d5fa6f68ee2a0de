"""Resolve queues, and link them to their dead-letter queues."""

from __future__ import annotations

from msgc.diagnostics import Label
from msgc.kinds import QUEUE
from msgc.record import OPEN, settle
from msgc.resolve import codes, parse
from msgc.resolve.buffers import buffers
from msgc.resolve.found import check_region, found, is_fifo
from msgc.resolve.implicit_queues import implicit_dead_letter, implicit_undelivered
from msgc.resolve.outsiders import allowed
from msgc.resolve.places import carried_messages, discovery, external, fifo, physical_name
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import DeadLetter, Queue
from msgc.topology.settings import Fifo
from msgc.topology.units import DEFAULT_QUEUE_SIZE
from msgc.tree import Mapping, Node, Scalar


def resolve_queues(symbols: SymbolTable) -> None:
    """Add every queue to the symbol table: declared, buffers, and those that are made if needed."""
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
    for implicit in implicit_undelivered(symbols.root):
        symbols.implicit_queues[implicit.queue.name] = implicit
    _link_dead_letters(symbols, declared)


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
    )


def _link_dead_letters(symbols: SymbolTable, declared: list[tuple[Queue, Mapping]]) -> None:
    """Link the queues to those that they name as their dead-letter queues."""
    named: dict[Queue, Queue] = {}
    for each, node in declared:
        target = _named(node)
        end = symbols.queue(target)
        if end is not None:
            named[each] = end
    closing = _closing(named)
    for each, node in declared:
        settings, target = parse.mapping(node.get("dead_letter")), _named(node)
        if settings is None or target is None or each.imported is not None:
            continue
        if each in closing:
            symbols.report(
                codes.DEAD_LETTER_CYCLE,
                target.span,
                f"`{named[each].name}` can't be a dead-letter queue of `{each.name}`:"
                " its own messages end here",
                "name a queue at which this chain ends",
                Label(span=closing[each].key, message="the chain begins here"),
            )
        ends = named.get(each) if each not in closing else None
        after = parse.given(parse.integer(settings.get("after")), OPEN)
        settle(each, dead_letter=ends and DeadLetter(queue=ends, after=after))


def _named(node: Mapping) -> Node | None:
    settings = parse.mapping(node.get("dead_letter"))
    return settings.get("queue") if settings else None


def _closing(named: dict[Queue, Queue]) -> dict[Queue, Queue]:
    """Return the queues whose dead-letter queue closes a cycle, with the start of each chain."""
    closing: dict[Queue, Queue] = {}
    done: set[Queue] = set()
    for first in named:
        chain: dict[Queue, None] = {}
        at: Queue | None = first
        while at is not None and at not in done and at not in chain:
            chain[at] = None
            at = named.get(at)
        if at in chain:
            closing[next(reversed(chain))] = first
        done.update(chain)
    return closing
