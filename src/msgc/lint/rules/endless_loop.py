"""Messages go round in a circle, and no code is on the way that could stop them (E)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from msgc.filtering.acceptance import Acceptance
from msgc.lint.loops import way_round, whole_loops
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.patterns.satisfiability.disjoint import can_both_match
from msgc.topology.edges import Subscription
from msgc.topology.messages import Message


@rule("MSG644", "error")
def endless_loop(subject: Subject) -> Iterator[Finding]:
    """Messages go round in a circle, and nothing on the way stops them.

    A pipe takes a message out of a queue, and by one or more subscriptions it comes back there.
    Each turn is paid for, and every new message goes round with those that do already. AWS breaks
    off loops through functions, but not these.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {parked: {}}
    subscriptions:
      park: {from: {topic: orders}, to: {queue: parked}}
      again: {from: {queue: parked}, to: {topic: orders}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Let a consumer read the queue, which decides what is published again, or lead the messages to
    another place:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}, retried: {}}
    queues: {parked: {}, audit: {external: true}}
    subscriptions:
      park: {from: {topic: orders}, to: {queue: parked}}
      again: {from: {queue: parked}, to: {topic: retried}}
      keep: {from: {topic: retried}, to: {queue: audit}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html
    """
    for edges in whole_loops(subject.graph):
        if not _is_endless(edges, subject.acceptance):
            continue
        first, *others = edges
        yield found(
            first.place("to"),
            f"messages go round for ever, without a stop: {way_round(edges)}",
            "let one of the subscriptions lead elsewhere, or put a consumer in its place that"
            " decides what goes on",
            *(label(edge.place("to"), "and on from there") for edge in others),
        )


def _is_endless(edges: tuple[Subscription, ...], acceptance: Acceptance) -> bool:
    """Whether what goes round once surely can again: nothing on the way asks or sifts it.

    What a function answers, and what `send` makes, may be what a filter refuses.
    """
    if any(edge.enrich is not None for edge in edges):
        return False
    filtered = [edge for edge in edges if edge.filter is not None or edge.pattern is not None]
    if not filtered:
        return True
    if any(edge.send is not None or edge.pattern is not None for edge in edges):
        return False
    if len(filtered) == 1:
        return True
    common = [message for message in edges[0].messages if all(message in e.messages for e in edges)]
    return any(_passes_all(message, filtered, acceptance) for message in common)


def _passes_all(message: Message, edges: list[Subscription], acceptance: Acceptance) -> bool:
    """Whether no two filters exclude each other."""
    for one, other in combinations(edges, 2):
        first, second = acceptance.pattern(one), acceptance.pattern(other)
        payload = acceptance.payload_values(one, message)
        if first is not None and second is not None and not can_both_match(first, second, payload):
            return False
    return True
