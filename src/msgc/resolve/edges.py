"""Resolve subscriptions and polls: their ends, messages, dead letters and retries."""

from __future__ import annotations

from typing import Any, assert_never

from msgc.diagnostics import Label
from msgc.kinds import KINDS, Way
from msgc.record import OPEN
from msgc.resolve import codes, parse
from msgc.resolve.addressed import place_at, target_of
from msgc.resolve.buffers import polls
from msgc.resolve.destinations import check_rates
from msgc.resolve.places import http_policy
from msgc.resolve.polls import check_polls, poll, reaches_worker
from msgc.resolve.sends import resolve_send
from msgc.resolve.streams import reading, stream
from msgc.resolve.symbols import SymbolTable
from msgc.resolve.target_lists import Target, check_list, entries, single_where_read
from msgc.topology import names
from msgc.topology.edges import NamedMessage, Retry, Subscription, way_between
from msgc.topology.ends import (
    Bus,
    Consumer,
    End,
    Message,
    Origin,
    Outside,
    Queue,
    Schedule,
    Stream,
    Topic,
)
from msgc.topology.narrowing import as_consumer, as_place, kind_of
from msgc.topology.settings import GivenFunction, Provided
from msgc.tree import Mapping, Node, Scalar, Sequence

ENDS = tuple(KINDS)
OPTIONS = (
    "raw", "filter", "filter_on", "pattern", "enabled", "retry", "delivery", "dead_letter",
    "messages", "enrich", "send", "batch", "parallel", "bisect",
)  # fmt: skip
"""Those of edges that not every way has, in the order in which they are reported."""


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
        if node.get("from") is not None and (polls(node) or not _taken(symbols, key)):
            for edge in _subscriptions(symbols, key, node, consumer=consumer):
                edges[key.text if edge.poller is None else names.poll(key.text)] = edge
        if buffer is not None:
            edges[names.poll(key.text)] = poll(consumer, buffer)
    check_polls(symbols, edges)
    _check_answers(symbols, edges)
    check_rates(symbols, edges)
    return edges


def _taken(symbols: SymbolTable, key: Scalar) -> bool:
    """Whether a subscription has the consumer's name, which is then reported."""
    declared = symbols.section("subscriptions")
    if declared is None or key.text not in declared.entries:
        return False
    symbols.report(
        codes.DUPLICATE_NAME,
        key.span,
        f"`{key.text}` is also the name of a subscription",
        "a consumer behind a topic or bus is a subscription of its own name: rename one of the two",
        Label(span=declared.key(key.text).span, message="declared here"),
    )
    return True


def _subscriptions(
    symbols: SymbolTable, key: Scalar, node: Mapping, *, consumer: Consumer | None
) -> tuple[Subscription, ...]:
    """Return what is declared as one subscription: an edge for each of its targets."""
    origin = _origin(symbols, key, node.get("from"))
    targets = _targets(symbols, key, node, consumer)
    if origin is None or not targets:
        return ()
    enrich = _enrich(symbols, key, node)
    if enrich is None and "enrich" in node.entries:
        return ()
    way = way_between(origin, targets[0].end, changed=_is_changed(node))
    if not single_where_read(symbols, targets, way):
        return ()
    possible = [
        _possible(symbols, target, way) and reaches_worker(symbols, node, way, target.end)
        for target in targets
    ]
    if not all(possible):
        return ()
    check_list(symbols, targets, way)
    _check_options(symbols, node, way, [target.kind for target in targets])
    for target in targets:
        _check_schedule(symbols, node, way, target)
    _check_stream(symbols, node, origin)
    edge = _subscription(symbols, key, node, origin, targets[0]).replace(enrich=enrich)
    if not isinstance(node.get("to"), Sequence):
        return (edge,)
    raw = parse.boolean(node.get("raw"))
    return tuple(
        edge.replace(target=each.end, raw=_raw(raw, each, way), index=index)
        for index, each in enumerate(targets)
    )


def _subscription(
    symbols: SymbolTable, key: Scalar, node: Mapping, origin: Origin, target: Target
) -> Subscription:
    way = way_between(origin, target.end, changed=_is_changed(node))
    kind = KINDS[target.kind]
    sends = "send" in kind.ways[way].options
    return Subscription(
        name=key.text,
        key=key.span,
        node=node,
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
        dead_letter=_dead_letter(symbols, node, way),
        retry=_retry(node.get("retry")),
        http_policy=http_policy(node.get("delivery")),
        enabled=parse.boolean(node.get("enabled")) is not False,
        reading=reading(node) if way.reader else None,
        send=resolve_send(symbols, node.get("send"), way, kind) if sends else None,
    )


def _raw(written: bool | None, target: Target, way: Way) -> bool:  # noqa: FBT001  # of the file
    return KINDS[target.kind].ways[way].is_raw if written is None else written


def _targets(
    symbols: SymbolTable, key: Scalar, node: Mapping, consumer: Consumer | None
) -> tuple[Target, ...]:
    """Return the targets of an edge; none, if one of them isn't understood."""
    if consumer is not None:
        return (_buffered(symbols, key, consumer),)
    found: list[Target] = []
    written = entries(node.get("to"))
    for entry in written:
        kind, value = symbols.end(entry, what="to", kinds=ENDS)
        end = target_of(symbols, key, kind, value)
        if entry is not None and end is not None:
            found.append(_buffered(symbols, entry, end))
    return tuple(found) if len(found) == len(written) else ()


def _buffered(symbols: SymbolTable, node: Node, end: End) -> Target:
    """Return what an edge leads to: what is for a buffered consumer goes into its queue."""
    consumer = as_consumer(end)
    found = end if consumer is None else symbols.buffers.get(consumer.name, end)
    return Target(node=node, kind=kind_of(found).word, end=found)


def _origin(symbols: SymbolTable, key: Scalar, node: Node | None) -> Origin | None:
    """Return what an edge leads from: a place of this file, a stream of others, or a schedule."""
    kinds = ("topic", "bus", "queue", "stream", "schedule")
    kind, value = symbols.end(node, what="from", kinds=kinds)
    if kind == "schedule" and isinstance(node, Mapping):
        from msgc.resolve.schedules import resolve_schedule  # noqa: PLC0415  # few files have one

        return resolve_schedule(symbols, key, node)
    if kind == "stream" and isinstance(node, Mapping):
        start = node.get("start")
        if start is not None and parse.text(start) not in {"trim_horizon", "latest"}:
            symbols.report(
                codes.OPTION_NOT_HERE,
                start.span,
                f"`{parse.text(start)}` is no place in a stream where reading could begin",
                "write `start: trim_horizon` or `start: latest`",
            )
        return stream(key, node, value)
    if kind is not None and isinstance(node, Mapping) and "start" in node.entries:
        symbols.report(
            codes.OPTION_NOT_HERE,
            node.key("start").span,
            f"`start` says where in a stream reading begins, and a {kind} is none",
            "take it away",
        )
    return place_at(symbols, kind, value, key.text) if kind is not None else None


def _is_changed(node: Mapping) -> bool:
    """Whether something else is delivered than what comes in."""
    return "enrich" in node.entries or "send" in node.entries


def _enrich(symbols: SymbolTable, key: Scalar, node: Mapping) -> Consumer | GivenFunction | None:
    """Return whom a pipe asks: a consumer that answers, or a function that is handed over."""
    written = node.get("enrich")
    if parse.text(written) == "provided":
        argument = f"{names.snake(key.text)}_enrichment"
        return GivenFunction(address=Provided(argument=argument), timeout=None)
    consumer = symbols.link("consumer", written, symbols.consumers)
    if consumer is not None and written is not None and "answers" not in _settings(consumer):
        symbols.report(
            codes.ANSWERS_NOTHING,
            written.span,
            f"consumer `{consumer.name}` doesn't say what it answers",
            f"write `answers: NAME` on `{consumer.name}`, the message that arrives in place of the"
            " original",
            Label(span=consumer.key, message="declared here"),
        )
    return consumer


def _settings(consumer: Consumer) -> frozenset[str]:
    return frozenset(consumer.node.entries if isinstance(consumer.node, Mapping) else ())


def _check_answers(symbols: SymbolTable, edges: dict[str, Subscription]) -> None:
    """Report consumers that answer nobody, and those that get messages in other ways too."""
    asked = {edge.asks for edge in edges.values()}
    written = {
        parse.text(node.get("enrich")) for _, node in symbols.declarations("subscriptions")
    } | {parse.text(node.get("enrich")) for _, node in symbols.declarations("consumers")}
    reached = {as_consumer(edge.target): edge for edge in edges.values()}
    for consumer in symbols.consumers.values():
        node = parse.mapping(consumer.node)
        if node is None or "answers" not in node.entries:
            continue
        span = node.key("answers").span
        if consumer not in asked and consumer.name not in written:
            symbols.report(
                codes.ANSWERS_NOBODY,
                span,
                f"nothing asks consumer `{consumer.name}`, so its `answers` does nothing",
                f"write `enrich: {consumer.name}` on a subscription from a queue or a stream",
            )
        elif consumer in reached:
            symbols.report(
                codes.ANSWERS_NOBODY,
                span,
                f"consumer `{consumer.name}` answers a pipe, and gets messages that want no answer",
                "declare two consumers, one for each",
                Label(span=reached[consumer].key, message="by this edge"),
            )


def _check_schedule(symbols: SymbolTable, node: Mapping, way: Way, target: Target) -> None:
    """Report what a schedule can't send, and one that doesn't say what it sends."""
    place = as_place(target.end)
    if not way.is_timed or place is None:
        return
    if place.fifo is not None and not KINDS[target.kind].ways[way].takes_fifo:
        symbols.report(
            codes.IMPOSSIBLE_EDGE,
            target.node.span,
            f"a schedule can't deliver to the FIFO topic `{place.name}`",
            "let it send to a FIFO queue, or to a standard topic",
            Label(span=place.place("fifo"), message="made FIFO here"),
        )
    if "send" not in node.entries:
        noun = KINDS[target.kind].noun
        symbols.report(
            codes.SEND_REQUIRED,
            node.entries["from"][1].span,
            f"nothing says what the {noun} `{place.name}` gets",
            "add `send: {message: NAME, body: {...}}`",
        )


def _filter_on(node: Mapping) -> Any:
    written = parse.text(node.get("filter_on"))
    return written if written in {"attributes", "body"} else None


def _json(node: Node | None) -> dict[str, Any] | None:
    value = parse.json(node) if isinstance(node, Mapping) else None
    return value if isinstance(value, dict) else None


def _possible(symbols: SymbolTable, target: Target, way: Way) -> bool:
    possible = [end.word for end in KINDS.values() if way in end.ways]
    if target.kind in possible:
        return _keeps_order(symbols, target, way)
    match way:
        case Way.EVENT_SOURCE_MAPPING | Way.STREAM_MAPPING | Way.LONG_POLL:
            return False  # the schema of the file says so
        case Way.SNS_SUBSCRIPTION | Way.EVENT_RULE | Way.PIPE | Way.STREAM_PIPE | Way.SCHEDULE:
            pass
        case _:
            assert_never(way)
    listed = ", ".join(f"`{end}`" for end in possible)
    symbols.report(
        codes.IMPOSSIBLE_EDGE,
        target.node.span,
        f"a {way.origin} can't deliver to `{target.kind}`",
        f"from a {way.origin}, `to` is one of {listed}",
    )
    return False


def _keeps_order(symbols: SymbolTable, target: Target, way: Way) -> bool:
    """Whether an edge, if it is a pipe, doesn't lead to a FIFO topic; report it if it does."""
    match target.end:
        case Topic() as topic if topic.fifo is not None and way.reader:
            what, advice = "a pipe can't deliver to a FIFO topic", "take a standard topic"
            symbols.report(codes.IMPOSSIBLE_EDGE, target.node.span, what, advice)
            return False
        case Topic() | Queue() | Bus() | Consumer() | Outside():
            return True
        case _:
            assert_never(target.end)


def _check_options(symbols: SymbolTable, node: Mapping, way: Way, kinds: list[str]) -> None:
    """Report options that mean nothing for an edge, or nothing for one of its targets."""
    own = _of_consumers(symbols, node, way) if "to" not in node.entries else frozenset[str]()
    known = {kind: way.options | KINDS[kind].ways[way].options | own for kind in kinds}
    for option in OPTIONS:
        without = [kind for kind in known if option not in known[kind]]
        if option in node.entries and without:
            symbols.report(
                codes.OPTION_NOT_HERE,
                node.key(option).span,
                f"`{option}` means nothing on the way from a {way.origin} to `{without[0]}`",
                _advice(option, without[0], way)
                if len(without) == len(known)
                else f"an option is for every target: write a subscription for `{without[0]}`",
            )
    retry = parse.mapping(node.get("retry"))
    counted = [k for k in known if "retry" in known[k] and "retry.max_age" not in known[k]]
    if retry and "max_age" in retry.entries and counted:
        symbols.report(
            codes.OPTION_NOT_HERE,
            retry.key("max_age").span,
            f"`retry.max_age` means nothing on the way from a {way.origin} to `{counted[0]}`",
            "SNS counts attempts: write `retry: {attempts: 10}`",
        )
    if "filter" in node.entries and "pattern" in node.entries:
        symbols.report(
            codes.FILTER_AND_PATTERN,
            node.key("pattern").span,
            "a subscription has either a `filter` or a `pattern`",
            "move the filter into the pattern's `detail`, or leave the pattern to msgc",
            Label(span=node.key("filter").span, message="the filter"),
        )


def _check_stream(symbols: SymbolTable, node: Mapping, origin: Origin) -> None:
    """Report types that the records of a table's stream should be: they have their own."""
    match origin:
        case Stream(service="dynamodb") if parse.texts(node.get("messages")):
            symbols.report(
                codes.OPTION_NOT_HERE,
                node.key("messages").span,
                "`messages` means nothing on the way from a table's stream: its records are none",
                "take it away; a pipe can `send` a message that is made of the record",
            )
        case Stream() | Queue() | Topic() | Bus() | Schedule():
            pass
        case _:
            assert_never(origin)


def _of_consumers(symbols: SymbolTable, node: Mapping, way: Way) -> frozenset[str]:
    """Return the options that consumers have, whatever their messages come from.

    `concurrency` is reported here, which nothing but a poll of a queue has.
    """
    written = node.key("concurrency").span if "concurrency" in node.entries else None
    is_own = written is not None and node.span.start <= written.start < node.span.end
    if way.origin == "stream" and written is not None and is_own:  # and isn't a default
        symbols.report(
            codes.OPTION_NOT_HERE,
            written,
            "`concurrency` means nothing on the way from a stream, which has shards",
            "write `parallel: 2` for two batches of each shard at a time, or take it away",
        )
    return frozenset({"batch"})


def _advice(option: str, kind: str, way: Way) -> str:  # noqa: C901, PLR0911, PLR0912  # one each
    match option:
        case "retry" if way.reader:
            return "the queue's `dead_letter: {after: 5}` says how often a message is tried"
        case "retry":
            return f"how often SNS tries `{kind}` is fixed by AWS: take `retry` away"
        case "parallel" | "bisect":
            return "it is for streams, which have shards: take it away"
        case "batch" if kind == "consumer":
            return "it stands on the consumer, beside `function`"
        case "batch":
            return "it is for what is read from a queue or a stream: take it away"
        case "enrich":
            return "a function is asked by a pipe, on the way from a queue or a stream"
        case "raw":
            kinds = ", ".join(
                f"`{each.word}`"
                for each in KINDS.values()
                if any("raw" in delivery.options for delivery in each.ways.values())
            )
            return f"raw delivery is for {kinds}: take `raw` away"
        case "filter" if way.reader:
            return "a worker gets all that is in its queue: filter on what feeds it"
        case "delivery":
            return "a delivery policy is for `https` and `http`: take `delivery` away"
        case "dead_letter":
            return "give the queue itself a `dead_letter`"
        case "send" if way.variables is not None:
            return "a bus gets the event as it is: send something else from there"
        case "send":
            return f"what comes from a {way.origin} can't be changed on its way: take `send` away"
        case "filter":
            return "a schedule has nothing to filter: take it away"
        case "messages" if way.is_timed:
            return "`send` says which message it is: take `messages` away"
        case "messages":
            who = "a consumer" if kind == "consumer" else "a pipe"
            return f"{who} takes everything that is in its queue: narrow the queue's subscription"
        case _:
            return "take it away"


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


def _dead_letter(symbols: SymbolTable, node: Mapping, way: Way) -> Queue | None:
    if "dead_letter" not in way.options:
        return None
    written = node.get("dead_letter")
    if isinstance(written, Mapping):
        return symbols.queue(written.get("queue"))
    if parse.boolean(written) is False:
        return None
    return OPEN  # type: ignore[no-any-return]  # of every type


def _retry(node: Node | None) -> Retry | None:
    if not isinstance(node, Mapping):
        return None
    return Retry(
        attempts=parse.integer(node.get("attempts")), max_age=parse.duration(node.get("max_age"))
    )
