"""Resolve the file's tests: the message that each publishes, and who has to receive it."""

from __future__ import annotations

from collections.abc import Mapping as Table
from functools import partial
from typing import Any, assert_never

from msgc.diagnostics import Diagnostic, did_you_mean
from msgc.resolve import codes, parse
from msgc.resolve.messages.attributes import given_attributes
from msgc.resolve.messages.messages import fitting
from msgc.resolve.publishers import published_to
from msgc.resolve.symbols import SECTIONS, SymbolTable
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Place, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Expectation, Test
from msgc.topology.origins import Schedule, Stream
from msgc.tree import Mapping, Node, Scalar, Sequence

Receiver = Place | Consumer | Subscription


def resolve_tests(symbols: SymbolTable, edges: dict[str, Subscription]) -> tuple[Test, ...]:
    """Return the tests of the file; what isn't understood of one is reported, and it is left out.

    `edges` are those of the whole file, the ones in the names of consumers too.
    """
    named = {name: edge for name, edge in edges.items() if edge.name == name}
    receivers: dict[str, Table[str, Receiver]] = {
        "queue": symbols.queues,
        "topic": symbols.topics,
        "bus": symbols.buses,
        "consumer": symbols.consumers,
        "subscription": named,
    }
    found = [
        _test(symbols, node, receivers, named) for node in parse.items(symbols.root.get("tests"))
    ]
    return tuple(test for test in found if test is not None)


def _test(
    symbols: SymbolTable,
    node: Node,
    receivers: dict[str, Table[str, Receiver]],
    edges: Table[str, Subscription],
) -> Test | None:
    if not isinstance(node, Mapping):
        return None
    name = node.get("name")
    reaches = _expectations(symbols, node.get("reaches"), receivers)
    misses = _expectations(symbols, node.get("not"), receivers)
    publish = node.get("publish")
    if not isinstance(publish, Mapping) or not isinstance(name, Scalar):
        return None
    if "schedule" in publish.entries:
        edge = _schedule(symbols, publish, edges)
        _check_expectations(symbols, node, name)
        return None if edge is None else _scheduled(edge, publish, name, reaches, misses)
    place, _ = symbols.place(publish, what="publish")
    message = published_to(symbols, place, publish.get("message")) if place is not None else None
    if place is None or message is None:
        return None
    payload, published = _payload(symbols, publish, message)
    _check_expectations(symbols, node, name)
    if payload is None:
        return None
    return Test(
        name=name.text,
        span=name.span,
        place=place,
        message=message,
        payload=payload,
        attributes=given_attributes(symbols, publish, message, place),
        published=published.span,
        reaches=reaches,
        misses=misses,
    )


def _check_expectations(symbols: SymbolTable, node: Mapping, name: Scalar) -> None:
    if "reaches" not in node.entries and "not" not in node.entries:
        symbols.report(
            codes.TEST_OF_NOTHING,
            name.span,
            f"`{name.text}` expects nothing",
            "add `reaches: [queue/...]` or `not: [queue/...]`",
        )


def _schedule(
    symbols: SymbolTable, publish: Mapping, edges: Table[str, Subscription]
) -> Subscription | None:
    """Return the edge whose schedule a test lets fire; it says itself what it sends."""
    for option in ("example", "payload", "attributes"):  # of `message` the schema says it
        if option in publish.entries:
            symbols.report(
                codes.OPTION_NOT_HERE,
                publish.key(option).span,
                f"`{option}` means nothing beside `schedule`, which sends what its `send` says",
                "take it away",
            )
    kinds = ("topic", "bus", "queue", "schedule")
    kind, written = symbols.end(publish, what="publish", kinds=kinds)
    if kind is None or not isinstance(written, Scalar):
        return None
    timed = {name: edge for name, edge in edges.items() if edge.way.is_timed}
    if written.text not in timed and not symbols.is_misread("subscriptions", written.text):
        symbols.report(
            codes.UNKNOWN_NAME,
            written.span,
            f"there is no schedule `{written.text}`",
            did_you_mean(written.text, timed),
        )
    return timed.get(written.text)


def _scheduled(
    edge: Subscription,
    publish: Mapping,
    name: Scalar,
    reaches: tuple[Expectation, ...],
    misses: tuple[Expectation, ...],
) -> Test | None:
    """Return the test of what a schedule sends."""
    match edge.origin:
        case Schedule() as schedule:
            return Test(
                name=name.text,
                span=name.span,
                place=schedule,
                message=next(iter(edge.made), None),
                payload={},
                attributes={},
                published=publish.entries["schedule"][1].span,
                reaches=reaches,
                misses=misses,
            )
        case Queue() | Topic() | Bus() | Stream():
            return None
        case _:
            assert_never(edge.origin)


def _payload(
    symbols: SymbolTable, publish: Mapping, message: Message
) -> tuple[dict[str, Any] | None, Node]:
    """Return what is published, and where the file says so."""
    written = publish.get("payload")
    if written is not None:
        return fitting(symbols, written, message.payload, what="payload"), written
    node = publish.get("example")
    number = parse.integer(node) or 0
    place = node or publish.entries["message"][1]
    examples = message.node.get("examples") if isinstance(message.node, Mapping) else None
    count = len(examples.items) if isinstance(examples, Sequence) else 0
    if message.home is not None:
        count = len(message.examples)  # those of the other file are counted first
    if number < count:
        # one that doesn't fit is reported, and is no example of the message
        valid = len(message.examples) == count
        return (message.examples[number] if valid else None), place
    some = f"{count} example{'s' if count > 1 else ''}, the first is 0" if count else "no examples"
    symbols.report(
        codes.UNKNOWN_EXAMPLE,
        place.span,
        f"`{message.name}` has {some}",
        f"add it to the `examples` of `{message.name}`, or write `payload: {{...}}`",
    )
    return None, place


def _expectations(
    symbols: SymbolTable, node: Node | None, receivers: dict[str, Table[str, Receiver]]
) -> tuple[Expectation, ...]:
    found: list[Expectation] = []
    for item in parse.texts(node):
        kind, _, name = item.text.partition("/")
        table = receivers.get(kind)
        if table is None or not name:
            continue  # which the schema has reported
        receiver = table.get(name)
        if receiver is None and not _misshapen(symbols, kind, name):
            symbols.name_checks.append(partial(_unknown, symbols, item, receivers))
        if receiver is None and kind == "queue" and name in symbols.implicit_queues:
            receiver = symbols.implicit_queues[name].queue
        if receiver is not None:
            found.append(Expectation(receiver=receiver, span=item.span))
    return tuple(found)


def _unknown(
    symbols: SymbolTable,
    item: Scalar,
    receivers: dict[str, Table[str, Receiver]],
    queues: dict[str, Queue],
) -> Diagnostic | None:
    """Return what is wrong with a receiver that the file doesn't declare, if it isn't derived."""
    kind, _, name = item.text.partition("/")
    tables = {**receivers, "queue": queues}
    if name in tables[kind]:
        return None
    every = (f"{kind}/{name}" for kind, table in tables.items() for name in table)
    tip = _poll(symbols, kind, name) or did_you_mean(item.text, every)
    return codes.UNKNOWN_NAME.at(item.span, f"there is no {kind} `{name}`", help=tip)


def _misshapen(symbols: SymbolTable, kind: str, name: str) -> bool:
    """Whether something of this name is declared, and was reported for what it is."""
    if symbols.is_misread(SECTIONS.get(kind, "subscriptions"), name):
        return True
    consumers = symbols.section("consumers") if kind == "subscription" else None
    consumer = parse.mapping(consumers.get(name)) if consumers is not None else None
    origin = parse.mapping(consumer.get("from")) if consumer is not None else None
    return origin is not None and "queue" not in origin.entries  # then it is an edge of that name


def _poll(symbols: SymbolTable, kind: str, name: str) -> str | None:
    if kind != "subscription" or name not in symbols.consumers:
        return None
    return f"from a queue, a consumer is no subscription: write `consumer/{name}`"
