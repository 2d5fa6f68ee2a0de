"""What consumers read of queues: their polls, and what can't be one."""

from __future__ import annotations

from typing import assert_never

from msgc.diagnostics import Label
from msgc.kinds import Way
from msgc.record import OPEN
from msgc.resolve import codes
from msgc.resolve.symbols import SymbolTable
from msgc.topology.edges import Subscription
from msgc.topology.ends import Consumer, End, Origin, Queue
from msgc.topology.narrowing import as_consumer
from msgc.tree import Mapping


def poll(consumer: Consumer, buffer: Queue) -> Subscription:
    """Return the edge from a consumer's buffer to it."""
    return Subscription(
        name=consumer.name,
        key=consumer.key,
        node=consumer.node,
        was=consumer.was,
        description=consumer.description,
        origin=buffer,
        target=consumer,
        named=None,
        messages=OPEN,
        untyped=OPEN,
        filter=None,
        filter_on=None,
        pattern=None,
        raw=False,
        dead_letter=None,
        retry=None,
        enabled=True,
    )


def check_polls(symbols: SymbolTable, edges: dict[str, Subscription]) -> None:
    """Report what one consumer reads twice: by two edges, or by an edge and its own code."""
    polled: dict[tuple[Consumer, Origin], Subscription] = {}
    for edge in edges.values():
        if edge.poller is None or edge.way.origin != Way.LONG_POLL.origin:
            continue  # a stream may be read by several mappings
        first = polled.setdefault((edge.poller, edge.origin), edge)
        if first is not edge:
            later, sooner = sorted((first, edge), key=lambda each: each.has_name, reverse=True)
            symbols.report(
                codes.READ_TWICE,
                later.place("from"),
                f"`{edge.poller.name}` reads queue `{edge.origin.name}` already",
                "keep one of the two: a consumer has one edge from a queue",
                Label(span=sooner.place("from"), message="read here"),
            )
    for consumer in symbols.consumers.values():
        for queue in consumer.reads:
            if (found := polled.get((consumer, queue))) is not None:
                symbols.report(
                    codes.READ_TWICE,
                    consumer.place("reads"),
                    f"`{consumer.name}` reads queue `{queue.name}` already",
                    "take it away; `reads` is for queues that nobody polls for it",
                    Label(span=found.place("from"), message="read here"),
                )


def reaches_worker(symbols: SymbolTable, node: Mapping, way: Way, target: End) -> bool:
    """Whether an edge to a worker, if it is one, leaves a queue; report it if not."""
    consumer = as_consumer(target)
    if consumer is None or consumer.worker is None:
        return True
    match way:
        case Way.LONG_POLL:
            return True
        case Way.SNS_SUBSCRIPTION | Way.EVENT_RULE | Way.SCHEDULE:
            what = f"a {way.origin} can't deliver to the worker of `{consumer.name}`"
            advice = "a worker takes messages out of a queue: " + (
                "write `to: {queue: ...}`"
                if "to" in node.entries
                else "write `buffered: true`, and one is made"
            )
        case Way.STREAM_MAPPING:
            what = f"a stream can't deliver to the worker of `{consumer.name}`"
            advice = "a worker takes messages out of a queue: lead a pipe from the stream to one"
        case Way.PIPE | Way.STREAM_PIPE | Way.EVENT_SOURCE_MAPPING:
            what = f"a pipe can't deliver to the worker of `{consumer.name}`"
            advice = "lead the pipe to a queue, and let the consumer read that"
        case _:
            assert_never(way)
    at = node.get("to") or node.get("from") or node
    symbols.report(codes.IMPOSSIBLE_EDGE, at.span, what, advice)
    return False
