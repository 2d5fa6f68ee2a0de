"""Check what is written of edges: their options, schedules and streams."""

from __future__ import annotations

from typing import assert_never

from msgc.diagnostics import Label
from msgc.kinds import KINDS, Way
from msgc.resolve import codes, parse
from msgc.resolve.ends.target_lists import Target
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import Bus, Consumer, Origin, Outside, Queue, Topic
from msgc.topology.narrowing import as_place
from msgc.topology.origins import Schedule, Stream
from msgc.tree import Mapping, Scalar

OPTIONS = (
    "raw", "filter", "filter_on", "pattern", "enabled", "retry", "delivery", "dead_letter",
    "messages", "enrich", "send", "batch", "parallel", "bisect", "log", "encryption",
)  # fmt: skip
"""Those of edges that not every way has, in the order in which they are reported."""


def name_is_taken(symbols: SymbolTable, key: Scalar) -> bool:
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


def check_schedule(symbols: SymbolTable, node: Mapping, way: Way, target: Target) -> None:
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


def is_possible(symbols: SymbolTable, target: Target, way: Way) -> bool:
    """Whether messages can go this way to a target; report it if they can't."""
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


def check_options(symbols: SymbolTable, node: Mapping, way: Way, kinds: list[str]) -> None:
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


def check_stream(symbols: SymbolTable, node: Mapping, origin: Origin) -> None:
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
    is_own = written is not None and node.span.holds(written)
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
        case "log" if kind == "consumer":
            return "no pipe brings these messages, and nothing but pipes logs: take it away"
        case "log":
            return "only pipes log, from a queue or a stream; a bus has a `log` of its own"
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
