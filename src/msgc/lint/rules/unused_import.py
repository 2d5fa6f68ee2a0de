"""An imported topic, bus or queue that nothing uses (I)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.ends import Bus, Place, Queue, Topic


@rule("MSG711", "info", absence=True)
def unused_import(subject: Subject) -> Iterator[Finding]:
    """A topic, bus or queue is imported, and nothing uses it.

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
        if not _is_used(subject, place):
            yield found(
                place.key,
                f"nothing uses the imported {named(place)}",
                "subscribe to it, publish to it, or take it away",
            )


def _is_used(subject: Subject, place: Place) -> bool:
    if subject.is_fed(place) or subject.graph.subscriptions_from(place):
        return True
    match place:
        case Queue():
            return subject.is_read(place) or subject.catches_failures(place)
        case Topic():
            return place in subject.topology.told
        case Bus():
            return False
        case _:
            assert_never(place)
