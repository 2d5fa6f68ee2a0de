"""A message on a bus that no rule takes (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus
from msgc.topology.messages import Message


@rule("MSG455", "warning", absence=True)
def event_without_rule(subject: Subject) -> Iterator[Finding]:
    """No subscription takes a message that is put on a bus.

    EventBridge drops an event that no rule matches, and no dead-letter queue sees it. A rule that
    is switched off (`enabled: false`) takes nothing.

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Add the subscription. An `archive` on the bus would keep the events, too. If the rules are
    other services', say so: `external: subscribe`.

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
        if bus.imported is not None or bus.others_subscribe or bus.archive_days is not None:
            continue
        all_edges = subject.graph.subscriptions_from(bus)
        edges = [edge for edge in all_edges if edge.enabled]
        off = [edge for edge in all_edges if not edge.enabled]
        if any(edge.untyped and not (edge.filter or edge.pattern) for edge in edges):
            continue
        taken = {message for edge in edges for message in edge.messages}
        raw = [edge for edge in edges if edge.untyped]
        for place, message in (*_published(bus), *_sent(subject, bus)):
            if message in taken:
                continue
            if all(subject.acceptance.of(edge, message) == "never" for edge in raw):
                yield _untaken(
                    bus,
                    place,
                    message,
                    [edge for edge in off if subject.acceptance.of(edge, message) != "never"],
                )


def _published(bus: Bus) -> Iterator[tuple[Span, Message]]:
    """Yield what code puts on a bus, and where the file says so."""
    for index, message in enumerate(bus.messages):
        yield bus.place("messages", index), message


def _sent(subject: Subject, bus: Bus) -> Iterator[tuple[Span, Message]]:
    """Yield what schedules and pipes put on a bus, and which `bus.messages` doesn't list."""
    for edge in subject.graph.subscriptions_to(bus):
        if edge.forwards_to is None and edge.enabled:
            place = edge.place("send", "message") if edge.send is not None else edge.place("to")
            yield from ((place, each) for each in edge.delivered if each not in bus.messages)


def _untaken(bus: Bus, place: Span, message: Message, off: list[Subscription]) -> Finding:
    if off:
        return found(
            place,
            f"what takes `{message.name}` from bus `{bus.name}` is switched off: it is dropped",
            "switch a subscription on, or give the bus an `archive`, from which events can be"
            " replayed",
            *(label(edge.place("enabled"), f"`{edge.name}` is switched off") for edge in off[:4]),
        )
    return found(
        place,
        f"no subscription takes `{message.name}` from bus `{bus.name}`: it is dropped",
        f"add a subscription with `from: {{bus: {bus.name}}}`, or write `external: subscribe` if"
        " others have the rules",
    )
