"""Implicit queues: those that a file may name without declaring them."""

from __future__ import annotations

from typing import Literal

from msgc.record import OPEN
from msgc.resolve import parse
from msgc.resolve.places.topics_and_buses import encryption, fifo
from msgc.resolve.resolved import ImplicitQueue
from msgc.resolve.symbols import SymbolTable
from msgc.source import Span
from msgc.topology.ends import Queue
from msgc.topology.placement import MAIN, undelivered
from msgc.topology.settings import Fifo, Key
from msgc.topology.units import DAY, DEFAULT_QUEUE_SIZE
from msgc.tree import Mapping, Node


def implicit_dead_letter(queue: Queue, node: Mapping) -> ImplicitQueue | None:
    """Return the dead-letter queue of a queue, unless it is switched off or another is named."""
    written = node.get("dead_letter")
    settings = parse.mapping(written)
    if queue.imported is not None:
        return None  # its owner has decided
    if parse.boolean(written) is False or (settings and settings.get("queue") is not None):
        return None
    own = parse.text(node.get("name"))
    name = OPEN if own is None else f"{own.removesuffix('.fifo')}-dlq{'.fifo' * bool(queue.fifo)}"
    made = _queue(
        f"{queue.name}-dlq",
        was=None if queue.was is None else f"{queue.was}-dlq",
        key=queue.key,
        node=node if written is None else written,
        description=f"Messages that {queue.name} could not process.",
        kind="dead-letter",
        ordered=fifo(node),
        physical_name=name,
        retention=parse.duration(settings.get("retention")) if settings else None,
        max_size=parse.size(node.get("max_size")),
        encryption=queue.encryption,
    )
    after = parse.integer(settings.get("after")) if settings else None
    return ImplicitQueue(
        queue=made, of=queue, asked_for=written is not None, after=parse.given(after, OPEN)
    )


def implicit_undelivered(symbols: SymbolTable) -> tuple[ImplicitQueue, ...]:
    """Return the queues for what edges and asynchronous invocations could not deliver.

    Each stack has two. They are encrypted as all queues are, if the file says so; else as what
    comes there.
    """
    root = symbols.root
    service = root.get("service") or root
    found = _undelivered(symbols, MAIN, service, service.span)
    if symbols.placement is None:
        return found
    others = (_undelivered(symbols, s.name, s.node, s.key) for s in symbols.placement.stacks)
    return (*found, *(each for pair in others for each in pair))


def _undelivered(
    symbols: SymbolTable, stack: str, node: Node, key: Span
) -> tuple[ImplicitQueue, ...]:
    below, called = symbols.defaults("queues"), undelivered(stack)
    shared = encryption(symbols, called, below, stack) if below is not None else None
    return tuple(
        ImplicitQueue(
            queue=_queue(
                name,
                key=key,
                node=node,
                description="What subscriptions and asynchronous invocations could not deliver.",
                kind="undelivered",
                ordered=ordered,
                encryption=OPEN if shared is None else shared,
            ),
            of=None,
        )
        for name, ordered in ((called, None), (f"{called}-fifo", Fifo()))
    )


def _queue(  # noqa: PLR0913  # a queue has that many settings
    name: str,
    *,
    was: str | None = None,
    key: Span,
    node: Node,
    description: str,
    kind: Literal["dead-letter", "undelivered"],
    ordered: Fifo | None,
    physical_name: str = OPEN,
    retention: int | None = None,
    max_size: int | None = None,
    encryption: Key | None = None,
) -> Queue:
    return Queue(
        name=name,
        was=was,
        key=key,
        node=node,
        description=description,
        physical_name=physical_name,
        fifo=ordered,
        messages=(),
        kind=kind,
        visibility=OPEN,
        retention=parse.given(retention, 14 * DAY),
        delay=0,
        max_size=parse.given(max_size, DEFAULT_QUEUE_SIZE),
        wait=20,
        dead_letter=None,
        others_publish=False,
        others_subscribe=True,
        encryption=encryption,
    )
