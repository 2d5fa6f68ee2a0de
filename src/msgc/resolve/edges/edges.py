"""Resolve subscriptions and polls: their messages, filters, dead letters and retries."""

from __future__ import annotations

from typing import Any

from msgc.kinds import KINDS, Way
from msgc.record import OPEN
from msgc.resolve import parse
from msgc.resolve.edges.answers import check_answers
from msgc.resolve.edges.checks import (
    check_options,
    check_schedule,
    check_stream,
    is_possible,
    name_is_taken,
)
from msgc.resolve.edges.ends import (
    crossing_accounts,
    resolve_enrich,
    resolve_origin,
    resolve_targets,
)
from msgc.resolve.edges.polls import check_polls, poll, reaches_worker
from msgc.resolve.edges.sends import resolve_send
from msgc.resolve.edges.sourceless import check_sourceless
from msgc.resolve.edges.streams import reading
from msgc.resolve.ends.addressed import queue_at
from msgc.resolve.ends.destinations import check_rates
from msgc.resolve.ends.mentions import user
from msgc.resolve.ends.target_lists import Target, check_list, single_where_read
from msgc.resolve.places.buffers import polls
from msgc.resolve.places.event_logs import event_log
from msgc.resolve.places.topics_and_buses import encryption, http_policy
from msgc.resolve.symbols import SymbolTable
from msgc.topology import names
from msgc.topology.edges import NamedMessage, Retry, Subscription, way_between
from msgc.topology.ends import Consumer, Origin, Queue
from msgc.topology.messages import Message
from msgc.topology.placement import MAIN
from msgc.tree import Mapping, Node, Scalar, Sequence


def resolve_edges(symbols: SymbolTable) -> dict[str, Subscription]:
    """Return every edge of the file: declared subscriptions, then those in `from` of consumers.

    What polls a queue is no subscription and takes no name: its key is `consumer/NAME`. A buffered
    consumer has two edges: a subscription to its queue, with all that stands beside `from`, and a
    poll.
    """
    edges: dict[str, Subscription] = {}
    for key, node in symbols.declarations("subscriptions"):
        for edge in _subscriptions(symbols, key, node, consumer=None):
            edges[names.target(key.text, edge.index or 0)] = edge
    for key, node in symbols.declarations("consumers"):
        consumer, buffer = symbols.consumers[key.text], symbols.buffers.get(key.text)
        if node.get("from") is not None and (polls(node) or not name_is_taken(symbols, key)):
            for edge in _subscriptions(symbols, key, node, consumer=consumer):
                edges[key.text if edge.poller is None else names.poll(key.text)] = edge
        if buffer is not None:
            edges[names.poll(key.text)] = poll(consumer, buffer)
    check_polls(symbols, edges)
    check_answers(symbols, edges)
    check_sourceless(symbols, edges)
    check_rates(symbols, edges)
    return edges


def _subscriptions(
    symbols: SymbolTable, key: Scalar, node: Mapping, *, consumer: Consumer | None
) -> tuple[Subscription, ...]:
    """Return what is declared as one subscription: an edge for each of its targets."""
    origin = resolve_origin(symbols, key, node.get("from"), parse.former_key(node))
    targets = resolve_targets(symbols, key, node, consumer)
    if origin is None or not targets:
        return ()
    enrich = resolve_enrich(symbols, key, node)
    if enrich is None and "enrich" in node.entries:
        return ()
    way = way_between(origin, targets[0].end, changed=_is_changed(node))
    if not single_where_read(symbols, targets, way):
        return ()
    possible = [
        is_possible(symbols, target, way) and reaches_worker(symbols, node, way, target.end)
        for target in targets
    ]
    if not all(possible):
        return ()
    check_list(symbols, targets, way)
    check_options(symbols, node, way, [target.kind for target in targets])
    for target in targets:
        check_schedule(symbols, node, way, target)
    check_stream(symbols, node, origin)
    edge = _subscription(symbols, key, node, origin, targets).replace(enrich=enrich)
    if "encryption" in way.options and "encryption" in node.entries:
        stack = MAIN if symbols.placement is None else symbols.placement.edge(edge)
        edge = edge.replace(encryption=encryption(symbols, key.text, node, stack))
    if edge.was is not None and way.named_after == "endpoint":
        from msgc.resolve.edges.endpoint_was import endpoint_was  # noqa: PLC0415  # few edges say `was`

        edge = edge.replace(endpoint_was=endpoint_was(symbols, node, targets))
    raw = parse.boolean(node.get("raw"))
    edges: tuple[Subscription, ...] = (edge,)
    if isinstance(node.get("to"), Sequence):
        edges = tuple(
            edge.replace(target=each.end, raw=_raw(raw, each, way), index=index)
            for index, each in enumerate(targets)
        )
    if "deploy" in node.entries or crossing_accounts(symbols, origin):
        from msgc.resolve.edges.deployment import deployed  # noqa: PLC0415  # few files have one

        return deployed(symbols, edges)
    return edges


def _subscription(
    symbols: SymbolTable, key: Scalar, node: Mapping, origin: Origin, targets: tuple[Target, ...]
) -> Subscription:
    """Return the edge to the first of its targets, which says what is the same for all."""
    target = targets[0]
    way = way_between(origin, target.end, changed=_is_changed(node))
    kinds = [KINDS[each.kind] for each in targets]
    sends = "send" in kinds[0].ways[way].options
    return Subscription(
        name=key.text,
        key=key.span,
        node=node,
        was=parse.text(node.get("was")),
        description=parse.prose(node.get("description")) or "",
        origin=origin,
        target=target.end,
        named=_named(symbols, node, way),
        messages=OPEN,
        untyped=True if parse.text(node.get("messages")) == "any" else OPEN,
        filter=_json(node.get("filter")),
        filter_on=_filter_on(node),
        pattern=_json(node.get("pattern")),
        raw=_raw(parse.boolean(node.get("raw")), target, way),
        dead_letter=_dead_letter(symbols, key.text, node, way),
        retry=_retry(node.get("retry")),
        http_policy=http_policy(node.get("delivery")),
        enabled=parse.boolean(node.get("enabled")) is not False,
        reading=reading(node) if way.reader else None,
        log=event_log(key, node.get("log")) if "log" in way.options else None,
        send=resolve_send(symbols, key, node, way, kinds) if sends else None,
    )


def _raw(written: bool | None, target: Target, way: Way) -> bool:  # noqa: FBT001  # of the file
    return KINDS[target.kind].ways[way].is_raw if written is None else written


def _is_changed(node: Mapping) -> bool:
    """Whether something else is delivered than what comes in."""
    return "enrich" in node.entries or "send" in node.entries


def _filter_on(node: Mapping) -> Any:
    written = parse.text(node.get("filter_on"))
    return written if written in {"attributes", "body"} else None


def _json(node: Node | None) -> dict[str, Any] | None:
    value = parse.json(node) if isinstance(node, Mapping) else None
    return value if isinstance(value, dict) else None


def _named(symbols: SymbolTable, node: Mapping, way: Way) -> tuple[NamedMessage, ...] | None:
    """Return the messages that an edge names, each once."""
    written = parse.texts(node.get("messages"))
    if not written or "messages" not in way.options:
        return None
    found: dict[Message, NamedMessage] = {}
    for name in written:
        message = symbols.link("message", name, symbols.messages)
        if message is not None:
            found.setdefault(message, NamedMessage(message=message, span=name.span))
    return tuple(found.values())


def _dead_letter(symbols: SymbolTable, name: str, node: Mapping, way: Way) -> Queue | None:
    if "dead_letter" not in way.options:
        return None
    written = node.get("dead_letter")
    if isinstance(written, Mapping):
        return queue_at(symbols, written.get("queue"), user(name, "dead_letter"))
    if parse.boolean(written) is False:
        return None
    return OPEN  # type: ignore[no-any-return]  # of every type


def _retry(node: Node | None) -> Retry | None:
    if not isinstance(node, Mapping):
        return None
    return Retry(
        attempts=parse.integer(node.get("attempts")), max_age=parse.duration(node.get("max_age"))
    )
