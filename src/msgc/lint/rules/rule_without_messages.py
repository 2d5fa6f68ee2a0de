"""A subscription to a bus doesn't say which events it takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus


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
    for edge in subject.edges:
        bus = edge.origin
        if not isinstance(bus, Bus) or edge.messages or edge.untyped or edge.pattern is not None:
            continue
        if _is_told_before(subject, bus, edge):
            continue
        known = "" if bus.is_default else f", or `messages` on bus `{bus.name}` itself"
        yield found(
            edge.place("from"),
            f"`{edge.name}` takes nothing: no messages of bus `{bus.name}` are known",
            "write `messages: [...]`, a `pattern`, or `messages: any` for everything" + known,
        )


def _is_told_before(subject: Subject, bus: Bus, edge: Subscription) -> bool:
    """Whether nothing comes because it was to be forwarded a second time, which is told there."""
    if isinstance(edge.target, Bus) and subject.forwarding.brings(bus):
        return True
    return any(
        isinstance(before.origin, Bus)
        and not (before.messages or before.untyped or before.pattern is not None)
        for before in subject.graph.subscriptions_to(bus)
    )
