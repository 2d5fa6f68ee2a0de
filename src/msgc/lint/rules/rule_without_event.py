"""A rule's pattern matches no message of its bus (W)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import did_you_mean, nearest
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.patterns.satisfiability import clause_verdict
from msgc.runtime.matching.matching import Pattern
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus


@rule("MSG461", "warning", absence=True)
def rule_without_event(subject: Subject) -> Iterator[Finding]:
    """A subscription's `pattern` matches none of the messages that are known to come to its bus.

    Patterns are compared to the letter: a wrong `detail-type`, or a value that the payload can't
    have, and the rule waits forever. Nothing tells.

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    queues: {audit: {external: true}}
    subscriptions:
      all-to-audit: {from: {bus: commerce}, to: {queue: audit}}
      placed:
        from: {bus: commerce}
        pattern: {detail-type: [OrderPlacd]}
        to: {queue: audit}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Correct it, or name the messages instead. A pattern about another `source` is left alone: it
    waits for what others publish.

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    queues: {audit: {external: true}}
    subscriptions:
      placed: {from: {bus: commerce}, messages: [OrderPlaced], to: {queue: audit}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
    """
    for made in subject.links.event_rules:
        bus, edge = made.bus, made.edge
        if edge.pattern is None or not edge.untyped:
            continue
        if bus.others_publish or bus.imported is not None or not bus.messages:
            continue
        if subject.event_rules_to(bus):
            continue  # another bus forwards others
        pattern = subject.acceptance.pattern(edge)
        if pattern is not None and not _is_foreign(subject, edge, bus, pattern):
            yield from _unreached(subject, edge, bus, pattern)


def _is_foreign(subject: Subject, edge: Subscription, bus: Bus, pattern: Pattern) -> bool:
    """Whether an alternative asks for sources that no message of the bus has."""
    sources = [
        subject.acceptance.payload_values(edge, message).of("source") for message in bus.messages
    ]
    return any(
        all(clause_verdict(clause, values) == "never" for values in sources)
        for clauses in pattern.alternatives
        for clause in clauses
        if clause.name == "source"
    )


def _unreached(
    subject: Subject, edge: Subscription, bus: Bus, pattern: Pattern
) -> Iterator[Finding]:
    if any(subject.acceptance.of(edge, message) != "never" for message in bus.messages):
        return
    found_out = [subject.acceptance.filtered(edge, pattern, message) for message in bus.messages]
    closest = next((one for one in found_out if one.field != "detail-type"), found_out[0])
    why = closest.reason
    help_ = "correct it, or write `messages: [...]` instead"
    if closest.field == "detail-type":
        why = "none has such a `detail-type`"
        help_ = _meant(pattern, [message.type for message in bus.messages]) or help_
    yield found(
        edge.place("pattern", *closest.path),
        f"no message of bus `{bus.name}` matches the pattern of `{edge.name}`: {why}",
        help_,
    )


def _meant(pattern: Pattern, types: list[str]) -> str | None:
    written: list[Any] = [
        matcher
        for clauses in pattern.alternatives
        for clause in clauses
        if clause.name == "detail-type"
        for matcher in clause.matchers
        if isinstance(matcher, str)
    ]
    near = next((text for text in written if nearest(text, types)), None)
    return None if near is None else did_you_mean(near, types)
