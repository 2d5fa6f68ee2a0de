"""A subscription to a bus doesn't say which events it takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.mechanisms import EventRule
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.edges import Subscription


@rule("MSG456", "error", absence=True)
def rule_without_messages(subject: Subject) -> Iterator[Finding]:
    """A subscription to a bus doesn't say which events it takes.

    Elsewhere that means all messages that the bus is known to carry; of this bus none are known.
    The account's `default` bus carries the events of every AWS service.

    ```yaml
    topics: {alerts: {}}
    subscriptions:
      to-alerts: {from: {bus: default}, to: {topic: alerts}}
      mail: {from: {topic: alerts}, to: {email: ops@example.com}}
    ```

    Name the messages, write a `pattern`, or take everything with `messages: any`:

    ```yaml
    topics: {alerts: {}}
    subscriptions:
      to-alerts:
        from: {bus: default}
        pattern: {source: [aws.health]}
        to: {topic: alerts}
      mail: {from: {topic: alerts}, to: {email: ops@example.com}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
    """
    for made in subject.links.event_rules:
        bus, edge = made.bus, made.edge
        if _takes_something(edge) or _is_told_before(subject, made):
            continue
        known = "" if bus.is_default else f", or `messages` on bus `{bus.name}` itself"
        if bus.elsewhere is not None and bus.elsewhere.types:
            listed = ", ".join(f"`{each}`" for each in sorted(bus.elsewhere.types))
            known = f"; or import what `{bus.elsewhere.service}` publishes there: {listed}"
        yield found(
            edge.place("from"),
            f"`{edge.name}` takes nothing: no messages of bus `{bus.name}` are known",
            "write `messages: [...]`, a `pattern`, or `messages: any` for everything" + known,
        )


def _takes_something(edge: Subscription) -> bool:
    return bool(edge.messages) or edge.untyped or edge.pattern is not None


def _is_told_before(subject: Subject, made: EventRule) -> bool:
    """Whether nothing comes because it was to be forwarded a second time, which is told there."""
    if made.is_forward and subject.forwarding.brings(made.bus):
        return True
    before = subject.event_rules_to(made.bus)
    return not all(_takes_something(each.edge) for each in before)
