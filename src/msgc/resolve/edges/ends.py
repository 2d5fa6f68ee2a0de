"""Resolve the ends of edges: origins, targets, and whom a pipe asks on the way."""

from __future__ import annotations

from typing import assert_never

from msgc.diagnostics import Label
from msgc.kinds import KINDS
from msgc.resolve import codes, parse
from msgc.resolve.edges.streams import stream
from msgc.resolve.ends.addressed import place_at, target_of
from msgc.resolve.ends.found import handed_over
from msgc.resolve.ends.target_lists import Target, entries
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import Bus, Consumer, End, Origin, Queue, Topic
from msgc.topology.narrowing import as_consumer, kind_of
from msgc.topology.origins import Schedule, Stream
from msgc.topology.settings import GivenFunction
from msgc.tree import Mapping, Node, Scalar

ENDS = tuple(KINDS)


def resolve_targets(
    symbols: SymbolTable, key: Scalar, node: Mapping, consumer: Consumer | None
) -> tuple[Target, ...]:
    """Return the targets of an edge; none, if one of them isn't understood."""
    if consumer is not None:
        return (_buffered(symbols, key, consumer),)
    found: list[Target] = []
    was = parse.former_key(node)
    written = entries(node.get("to"))
    for entry in written:
        kind, value = symbols.end(entry, what="to", kinds=ENDS)
        end = target_of(symbols, key, kind, value, was)
        if entry is not None and end is not None:
            found.append(_buffered(symbols, entry, end))
    return tuple(found) if len(found) == len(written) else ()


def _buffered(symbols: SymbolTable, node: Node, end: End) -> Target:
    """Return what an edge leads to: what is for a buffered consumer goes into its queue."""
    consumer = as_consumer(end)
    found = end if consumer is None else symbols.buffers.get(consumer.name, end)
    return Target(node=node, kind=kind_of(found).word, end=found)


def resolve_origin(
    symbols: SymbolTable, key: Scalar, node: Node | None, was: str | None
) -> Origin | None:
    """Return what an edge leads from: a place of this file, a stream of others, or a schedule.

    `key` is the edge's name, and `was` that under which it was first built.
    """
    kinds = ("topic", "bus", "queue", "stream", "schedule")
    kind, value = symbols.end(node, what="from", kinds=kinds)
    if kind == "schedule" and isinstance(node, Mapping):
        from msgc.resolve.edges.schedules import resolve_schedule  # noqa: PLC0415  # few files have one

        return resolve_schedule(symbols, key, node, was)
    if kind == "stream" and isinstance(node, Mapping):
        start = node.get("start")
        if start is not None and parse.text(start) not in {"trim_horizon", "latest"}:
            symbols.report(
                codes.OPTION_NOT_HERE,
                start.span,
                f"`{parse.text(start)}` is no place in a stream where reading could begin",
                "write `start: trim_horizon` or `start: latest`",
            )
        return stream(symbols, key, node, value)
    if kind is not None and isinstance(node, Mapping) and "start" in node.entries:
        symbols.report(
            codes.OPTION_NOT_HERE,
            node.key("start").span,
            f"`start` says where in a stream reading begins, and a {kind} is none",
            "take it away",
        )
    return place_at(symbols, kind, value, key.text) if kind is not None else None


def crossing_accounts(symbols: SymbolTable, origin: Origin) -> bool:
    """Whether an edge may lead from a topic of this file to another account, as far as is known."""
    match origin:
        case Topic(allowed=allowed, imported=None):
            here = symbols.environment
            return bool(allowed.subscribe) or (here is not None and here.account is not None)
        case Queue() | Topic() | Bus() | Stream() | Schedule():
            return False
        case _:
            assert_never(origin)


def resolve_enrich(
    symbols: SymbolTable, key: Scalar, node: Mapping
) -> Consumer | GivenFunction | None:
    """Return whom a pipe asks: a consumer that answers, or a function that is handed over."""
    written = node.get("enrich")
    provided = handed_over(written, key.text, "enrichment")
    if provided is not None:
        return GivenFunction(address=provided, timeout=None)
    consumer = symbols.link("consumer", written, symbols.consumers)
    if consumer is not None and written is not None and not consumer.says("answers"):
        symbols.report(
            codes.ANSWERS_NOTHING,
            written.span,
            f"consumer `{consumer.name}` doesn't say what it answers",
            f"write `answers: NAME` on `{consumer.name}`, the message that arrives in place of the"
            " original",
            Label(span=consumer.key, message="declared here"),
        )
        return consumer
    is_unclear = consumer is not None and consumer.answers is None  # what it names isn't understood
    return None if is_unclear else consumer
