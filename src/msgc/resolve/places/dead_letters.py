"""Link queues and buses to their dead-letter queues, once all queues and addresses are known."""

from __future__ import annotations

from msgc.diagnostics import Label
from msgc.record import OPEN, settle
from msgc.resolve import codes, parse
from msgc.resolve.ends.addressed import queue_at
from msgc.resolve.ends.mentions import user
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import DeadLetter, Queue
from msgc.tree import Mapping, Node


def link_dead_letters(symbols: SymbolTable, declared: list[tuple[Queue, Mapping]]) -> None:
    """Link queues and buses to the queues that they name for dead letters."""
    _link_buses(symbols)
    named: dict[Queue, Queue] = {}
    for each, node in declared:
        target = _named(node)
        end = queue_at(symbols, target, user(each.name, "dlq"))
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


def _link_buses(symbols: SymbolTable) -> None:
    for bus in symbols.buses.values():
        settings = parse.mapping(bus.node)
        written = parse.mapping(settings.get("dead_letter")) if settings else None
        if bus.dead_letter is OPEN and written is not None:
            queue = queue_at(symbols, written.get("queue"), user(bus.name, "dead_letter"))
            settle(bus, dead_letter=queue)
