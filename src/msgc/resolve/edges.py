"""Subscriptions: both ends linked, the messages that take them, and what becomes of failures."""

from __future__ import annotations

from typing import Any, assert_never

from msgc.diagnostics import Label
from msgc.kinds import KINDS, Kind, Way
from msgc.record import OPEN
from msgc.resolve import codes, values
from msgc.resolve.scope import Scope
from msgc.topology import names
from msgc.topology.edges import NamedMessage, Retry, Subscription, way_out_of
from msgc.topology.ends import Consumer, Message, Outside, Queue, Target
from msgc.topology.values import ByArn, Provided
from msgc.tree import Mapping, Node, Scalar

ENDS = tuple(KINDS)
OPTIONS = ("raw", "filter_on", "pattern", "enabled", "retry", "dead_letter", "messages")
"""Those of edges that not every way has, in the order in which they are reported."""


def resolve_edges(scope: Scope) -> dict[str, Subscription]:
    """Return every edge of the file: the declared subscriptions, then those that consumers are.

    What polls a queue is no subscription and takes no name: its key is `consumer/NAME`.
    """
    edges: dict[str, Subscription] = {}
    for key, node in scope.declarations("subscriptions"):
        edge = _subscription(scope, key, node, consumer=None)
        if edge is not None:
            edges[key.text] = edge
    for key, node in scope.declarations("consumers"):
        if node.get("from") is None:
            continue
        polls = _polls(node)
        if polls or not _taken(scope, key):
            edge = _subscription(scope, key, node, consumer=scope.consumers.get(key.text))
            if edge is not None:
                edges[names.poll(key.text) if polls else key.text] = edge
    return edges


def _polls(node: Mapping) -> bool:
    origin = values.mapping(node.get("from"))
    return origin is not None and Way.EVENT_SOURCE_MAPPING.origin in origin.entries


def _taken(scope: Scope, key: Scalar) -> bool:
    """Whether a subscription has the consumer's name, which is then reported."""
    declared = scope.section("subscriptions")
    if declared is None or key.text not in declared.entries:
        return False
    scope.report(
        codes.DUPLICATE_NAME,
        key.span,
        f"`{key.text}` is also the name of a subscription",
        "a consumer behind a topic or bus is a subscription of its own name: rename one of the two",
        Label(span=declared.key(key.text).span, message="declared here"),
    )
    return True


def _subscription(
    scope: Scope, key: Scalar, node: Mapping, *, consumer: Consumer | None
) -> Subscription | None:
    origin, _ = scope.place(node.get("from"), what="from")
    target: Target | None = consumer
    kind: str | None = "consumer"
    if consumer is None:
        kind, value = scope.end(node.get("to"), what="to", kinds=ENDS)
        target = _target(scope, key, kind, value)
    if origin is None or target is None or kind is None:
        return None
    way = way_out_of(origin)
    if not _possible(scope, key, node, way, kind):
        return None
    _check_options(scope, node, way, kind)
    raw = values.boolean(node.get("raw"))
    return Subscription(
        name=key.text,
        key=key.span,
        node=node,
        description=values.prose(node.get("description")) or "",
        origin=origin,
        target=target,
        named=_named(scope, node, way),
        messages=OPEN,
        untyped=True if values.text(node.get("messages")) == "any" else OPEN,
        filter=_json(node.get("filter")),
        filter_on=_filter_on(node),
        pattern=_json(node.get("pattern")),
        raw=KINDS[kind].ways[way].is_raw if raw is None else raw,
        dead_letter=_dead_letter(scope, node, way),
        retry=_retry(node.get("retry")),
        enabled=values.boolean(node.get("enabled")) is not False,
    )


def _filter_on(node: Mapping) -> Any:
    written = values.text(node.get("filter_on"))
    return written if written in {"attributes", "body"} else None


def _json(node: Node | None) -> dict[str, Any] | None:
    value = values.json(node) if isinstance(node, Mapping) else None
    return value if isinstance(value, dict) else None


def _target(scope: Scope, key: Scalar, word: str | None, value: Node | None) -> Target | None:
    match word:
        case "queue":
            return scope.queue(value)
        case "topic":
            return scope.link("topic", value, scope.topics)
        case "bus":
            return scope.bus(value)
        case "consumer":
            return scope.link("consumer", value, scope.consumers)
        case str() if word in KINDS:
            return _outside(key, KINDS[word], value)
        case _:
            return None


def _outside(key: Scalar, kind: Kind, value: Node | None) -> Outside | None:
    """Return an end that the file doesn't declare: by its address, its ARN, or handed over."""
    if isinstance(value, Mapping):
        arn = values.text(value.get("arn"))
        return Outside(kind=kind, text=None, address=ByArn(arn=arn)) if arn else None
    written = values.text(value)
    if kind.cdk is not None and written == "provided":
        argument = f"{names.snake(key.text)}_{kind.word}"
        return Outside(kind=kind, text=None, address=Provided(argument=argument))
    return Outside(kind=kind, text=written) if written else None


def _possible(scope: Scope, key: Scalar, node: Mapping, way: Way, kind: str) -> bool:
    possible = [end.word for end in KINDS.values() if way in end.ways]
    if kind in possible:
        return True
    match way:
        case Way.EVENT_SOURCE_MAPPING:
            return False  # the schema of the file says so
        case Way.SNS_SUBSCRIPTION | Way.EVENT_RULE:
            to = node.get("to")
        case _:
            assert_never(way)
    listed = ", ".join(f"`{end}`" for end in possible)
    scope.report(
        codes.IMPOSSIBLE_EDGE,
        to.span if to is not None else key.span,
        f"a {way.origin} can't deliver to `{kind}`",
        f"from a {way.origin}, `to` is one of {listed}",
    )
    return False


def _check_options(scope: Scope, node: Mapping, way: Way, kind: str) -> None:
    options = way.options | KINDS[kind].ways[way].options
    for option in OPTIONS:
        if option in node.entries and option not in options:
            scope.report(
                codes.OPTION_NOT_HERE,
                node.key(option).span,
                f"`{option}` means nothing on the way from a {way.origin} to `{kind}`",
                _advice(option, kind),
            )
    retry = values.mapping(node.get("retry"))
    by_age = "retry" not in options or "retry.max_age" in options
    if retry and "max_age" in retry.entries and not by_age:
        scope.report(
            codes.OPTION_NOT_HERE,
            retry.key("max_age").span,
            f"`retry.max_age` means nothing on the way from a {way.origin} to `{kind}`",
            "SNS counts attempts: write `retry: {attempts: 10}`",
        )
    if "filter" in node.entries and "pattern" in node.entries:
        scope.report(
            codes.FILTER_AND_PATTERN,
            node.key("pattern").span,
            "a subscription has either a `filter` or a `pattern`",
            "move the filter into the pattern's `detail`, or leave the pattern to msgc",
            Label(span=node.key("filter").span, message="the filter"),
        )


def _advice(option: str, kind: str) -> str:
    if option == "retry":
        return f"how often SNS tries `{kind}` is fixed by AWS: take `retry` away"
    if option == "raw":
        return "only queues and HTTP endpoints can have raw delivery: take `raw` away"
    if option == "dead_letter":
        return "give the queue itself a `dead_letter`"
    if option == "messages":
        return "a consumer takes everything that is in its queue: narrow the queue's subscription"
    return "take it away"


def _named(scope: Scope, node: Mapping, way: Way) -> tuple[NamedMessage, ...] | None:
    """Return the messages that an edge names, each once."""
    written = values.texts(node.get("messages"))
    if not written or "messages" not in way.options:
        return None
    found: dict[Message, NamedMessage] = {}
    for name in written:
        message = scope.link("message", name, scope.messages)
        if message is not None:
            found.setdefault(message, NamedMessage(message=message, span=name.span))
    return tuple(found.values())


def _dead_letter(scope: Scope, node: Mapping, way: Way) -> Queue | None:
    if "dead_letter" not in way.options:
        return None
    written = node.get("dead_letter")
    if isinstance(written, Mapping):
        return scope.queue(written.get("queue"))
    if values.boolean(written) is False:
        return None
    return OPEN  # type: ignore[no-any-return]


def _retry(node: Node | None) -> Retry | None:
    if not isinstance(node, Mapping):
        return None
    return Retry(
        attempts=values.integer(node.get("attempts")), max_age=values.duration(node.get("max_age"))
    )
