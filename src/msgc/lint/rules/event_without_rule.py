"""A message on a bus that no rule takes (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.model import Bus, Message


@rule("MSG455", "warning", absence=True)
def event_without_rule(subject: Subject) -> Iterator[Finding]:
    """No subscription takes a message that is put on a bus.

    EventBridge drops an event that no rule matches, and no dead-letter queue sees it.

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Add the subscription. An `archive` on the bus would keep the events, too. If the rules are
    other services', say so beside the message (`# msgc: ignore[event-without-rule] logistics has
    the rule`).

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    queues: {audit: {external: true}}
    subscriptions:
      all-to-audit: {from: {bus: commerce}, to: {queue: audit}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
    """
    for bus in subject.topology.buses.values():
        if bus.imported is not None or bus.is_default or bus.archive_days is not None:
            continue
        edges = subject.graph.subscriptions_from(bus)
        if any(edge.untyped and not (edge.filter or edge.pattern) for edge in edges):
            continue
        taken = {message for edge in edges for message in edge.messages}
        raw = [edge for edge in edges if edge.untyped]
        for index, message in enumerate(bus.messages):
            if message in taken:
                continue
            if all(subject.takings.of(edge, message) == "never" for edge in raw):
                yield _untaken(bus, index, message)


def _untaken(bus: Bus, index: int, message: Message) -> Finding:
    return found(
        bus.place("messages", index),
        f"no subscription takes `{message.name}` from bus `{bus.name}`: it is dropped",
        f"add a subscription with `from: {{bus: {bus.name}}}`, or say who takes it:"
        " `# msgc: ignore[event-without-rule] ...`",
    )
