"""Tests: the message that each publishes, and those that it is to reach."""

from __future__ import annotations

from collections.abc import Mapping as Table
from typing import Any

from msgc.diagnostics import did_you_mean
from msgc.resolve import codes, values
from msgc.resolve.actors import published_to
from msgc.resolve.messages import fitting
from msgc.resolve.scope import SECTIONS, Scope
from msgc.topology.edges import Subscription
from msgc.topology.ends import Consumer, Message, Place
from msgc.topology.model import Expectation, Test
from msgc.tree import Mapping, Node, Scalar, Sequence

Receiver = Place | Consumer | Subscription


def resolve_tests(scope: Scope, edges: dict[str, Subscription]) -> tuple[Test, ...]:
    """Return the tests of the file; what isn't understood of one is reported, and it is left out.

    `edges` are those of the whole file, the ones in the names of consumers too.
    """
    receivers: dict[str, Table[str, Receiver]] = {
        "queue": scope.queues,
        "topic": scope.topics,
        "bus": scope.buses,
        "consumer": scope.consumers,
        "subscription": {name: edge for name, edge in edges.items() if edge.name == name},
    }
    found = [_test(scope, node, receivers) for node in values.items(scope.root.get("tests"))]
    return tuple(test for test in found if test is not None)


def _test(scope: Scope, node: Node, receivers: dict[str, Table[str, Receiver]]) -> Test | None:
    if not isinstance(node, Mapping):
        return None
    name = node.get("name")
    reaches = _expectations(scope, node.get("reaches"), receivers)
    misses = _expectations(scope, node.get("not"), receivers)
    publish = node.get("publish")
    if not isinstance(publish, Mapping) or not isinstance(name, Scalar):
        return None
    place, _ = scope.place(publish, what="publish")
    message = published_to(scope, place, publish.get("message")) if place is not None else None
    if place is None or message is None:
        return None
    payload, published = _payload(scope, publish, message)
    if "reaches" not in node.entries and "not" not in node.entries:
        scope.report(
            codes.TEST_OF_NOTHING,
            name.span,
            f"`{name.text}` expects nothing",
            "add `reaches: [queue/...]` or `not: [queue/...]`",
        )
    if payload is None:
        return None
    return Test(
        name=name.text,
        span=name.span,
        place=place,
        message=message,
        payload=payload,
        published=published.span,
        reaches=reaches,
        misses=misses,
    )


def _payload(
    scope: Scope, publish: Mapping, message: Message
) -> tuple[dict[str, Any] | None, Node]:
    """Return what is published, and where the file says so."""
    written = publish.get("payload")
    if written is not None:
        return fitting(scope, written, message.payload, what="payload"), written
    node = publish.get("example")
    number = values.integer(node) or 0
    place = node or publish.entries["message"][1]
    examples = message.node.get("examples") if isinstance(message.node, Mapping) else None
    count = len(examples.items) if isinstance(examples, Sequence) else 0
    if number < count:
        # one that doesn't fit is reported, and is no example of the message
        valid = len(message.examples) == count
        return (message.examples[number] if valid else None), place
    some = f"{count} example{'s' if count > 1 else ''}, the first is 0" if count else "no examples"
    scope.report(
        codes.UNKNOWN_EXAMPLE,
        place.span,
        f"`{message.name}` has {some}",
        f"add it to the `examples` of `{message.name}`, or write `payload: {{...}}`",
    )
    return None, place


def _expectations(
    scope: Scope, node: Node | None, receivers: dict[str, Table[str, Receiver]]
) -> tuple[Expectation, ...]:
    found: list[Expectation] = []
    for item in values.texts(node):
        kind, _, name = item.text.partition("/")
        table = receivers.get(kind)
        if table is None or not name:
            continue  # which the schema has reported
        if name in table:
            found.append(Expectation(receiver=table[name], span=item.span))
        elif not _misshapen(scope, kind, name):
            every = (f"{kind}/{name}" for kind, table in receivers.items() for name in table)
            scope.report(
                codes.UNKNOWN_NAME,
                item.span,
                f"there is no {kind} `{name}`",
                _poll(scope, kind, name) or did_you_mean(item.text, every),
            )
    return tuple(found)


def _misshapen(scope: Scope, kind: str, name: str) -> bool:
    """Whether something of this name is declared, and was reported for what it is."""
    if scope.is_misread(SECTIONS.get(kind, "subscriptions"), name):
        return True
    consumers = scope.section("consumers") if kind == "subscription" else None
    consumer = values.mapping(consumers.get(name)) if consumers is not None else None
    origin = values.mapping(consumer.get("from")) if consumer is not None else None
    return origin is not None and "queue" not in origin.entries  # then it is an edge of that name


def _poll(scope: Scope, kind: str, name: str) -> str | None:
    if kind != "subscription" or name not in scope.consumers:
        return None
    return f"from a queue, a consumer is no subscription: write `consumer/{name}`"
