"""An imported topic or bus that nothing uses (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named


@rule("MSG711", "info", absence=True)
def unused_import(subject: Subject) -> Iterator[Finding]:
    """A topic or bus is imported, and nothing uses it.

    ```yaml
    topics: {shipments: {import: {parameter: /logistics/messaging/topics/shipments}}}
    queues: {jobs: {messages: [OrderPlaced], external: true}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Subscribe to it, publish to it, or take it away:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: true}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```
    """
    for place in subject.places:
        if place.imported is None:
            continue
        if not subject.is_fed(place) and not subject.graph.subscriptions_from(place):
            yield found(
                place.key,
                f"nothing uses the imported {named(place)}",
                "subscribe to it, publish to it, or take it away",
            )
