"""A rule waits on a custom bus for events of AWS services (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Bus


@rule("MSG457", "error", absence=True)
def aws_events_on_custom_bus(subject: Subject) -> Iterator[Finding]:
    """A subscription waits on a bus of your own for events of AWS services.

    AWS services put their events on the account's `default` bus and nowhere else: nothing ever
    comes.

    ```yaml
    messages:
      Finding:
        type: Inspector2 Finding
        source: aws.inspector2
        schema: {type: object, properties: {severity: {type: string}}}
    buses: {security: {}}
    queues: {findings: {external: true}}
    subscriptions:
      findings: {from: {bus: security}, messages: [Finding], to: {queue: findings}}
    ```

    Take them from the default bus:

    ```yaml
    messages:
      Finding:
        type: Inspector2 Finding
        source: aws.inspector2
        schema: {type: object, properties: {severity: {type: string}}}
    queues: {findings: {external: true}}
    subscriptions:
      findings: {from: {bus: default}, messages: [Finding], to: {queue: findings}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html
    """
    for made in subject.links.event_rules:
        bus, edge = made.bus, made.edge
        if bus.is_default or bus.imported is not None or not _only_aws(made.pattern.get("source")):
            continue
        if any(_may_bring(rule.bus) for rule in subject.event_rules_to(bus)):
            continue
        if any(message in bus.messages for message in edge.messages):
            continue  # published there by this file, which is a mistake of its own
        yield found(
            edge.place("pattern") if edge.pattern is not None else edge.place("from"),
            f"events of AWS services come to the default bus, never to `{bus.name}`",
            "write `from: {bus: default}`",
            label(bus.key, "a bus of your own"),
        )


def _may_bring(bus: Bus) -> bool:
    """Whether AWS's events can be forwarded from a bus: once, so from where they come in."""
    return bus.is_default or bus.imported is not None


def _only_aws(source: Any) -> bool:
    if not isinstance(source, list) or not source:
        return False
    texts = [clause.get("prefix") if isinstance(clause, dict) else clause for clause in source]
    return all(isinstance(text, str) and text.startswith("aws.") for text in texts)
