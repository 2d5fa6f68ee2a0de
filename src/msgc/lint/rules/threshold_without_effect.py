"""Messages over a size go through S3, of which no place takes any (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Bus, Publication, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.units import size
from msgc.tree import Mapping


@rule("MSG726", "error")
def threshold_without_effect(subject: Subject) -> Iterator[Finding]:
    """`over` of a large message is no less than its topics and queues take anyway.

    What a topic or queue doesn't take goes through S3 by itself: `over` is for less than that.

    ```yaml
    messages:
      ReportMade:
        schema: {type: object, properties: {text: {type: string}}}
        large_messages: {over: 512KiB}
    topics: {reports: {messages: [ReportMade], external: subscribe}}
    producers: {printer: {publishes: [{topic: reports}]}}
    ```

    Take it away, or let smaller messages go through S3, too:

    ```yaml
    messages:
      ReportMade:
        schema: {type: object, properties: {text: {type: string}}}
        large_messages: {over: 128KiB}
    topics: {reports: {messages: [ReportMade], external: subscribe}}
    producers: {printer: {publishes: [{topic: reports}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
    """
    sizes: dict[Message, list[tuple[int, Publication]]] = {}
    for publisher in subject.publishers:
        for publication in publisher.publishes:
            for message in publication.messages:
                if message.large is None or message.home is not None:
                    continue
                found_size = _size(publication)
                if found_size is not None:
                    sizes.setdefault(message, []).append((found_size, publication))
    for message, places in sizes.items():
        over = message.large.over if message.large is not None else None
        largest, publication = max(places, key=lambda each: each[0])
        node = message.node.get("large_messages") if isinstance(message.node, Mapping) else None
        own = isinstance(node, Mapping) and "over" in node.entries
        if over is not None and over >= largest and own:
            yield found(
                message.place("large_messages", "over"),
                f"`{message.name}` goes nowhere that takes {size(over)}: what is larger than"
                f" {size(largest)} goes through S3 anyway",
                "take it away, or say less",
                label(publication.span, f"takes {size(largest)}, the most of all"),
            )


def _size(publication: Publication) -> int | None:
    match publication.target:
        case Queue() | Topic() as place:
            return place.max_size
        case Bus():
            return None
        case _:
            assert_never(publication.target)
