"""A message that may go through S3 is published to a bus, where nothing does (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.narrowing import kind_of


@rule("MSG690", "error")
def large_message_on_bus(subject: Subject) -> Iterator[Finding]:
    """A message that goes through S3 where it is large is published to a bus.

    EventBridge has no client that does so: rules look at the `detail`, and whoever has put a rule
    on the bus would get a pointer that nothing told of.
    What is too large for a bus is refused there.

    ```yaml
    messages:
      ReportMade: {schema: {type: object, properties: {text: {type: string}}}, large_messages: true}
    buses: {office: {messages: [ReportMade], external: subscribe}}
    producers: {printer: {publishes: [{bus: office}]}}
    ```

    Publish it to a topic or a queue. On the bus tell of it with a small message, which says where
    the large one is to be had.

    ```yaml
    messages:
      ReportMade: {schema: {type: object, properties: {text: {type: string}}}, large_messages: true}
    topics: {reports: {messages: [ReportMade], external: subscribe}}
    producers: {printer: {publishes: [{topic: reports}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
    """
    for publisher in subject.publishers:
        for publication in publisher.publishes:
            if not kind_of(publication.target).carries_events:
                continue
            for message in publication.messages:
                if message.large is not None:
                    yield found(
                        publication.span,
                        f"`{message.name}` goes through S3 where it is large, and on"
                        f" {named(publication.target)} nothing does",
                        "publish it to a topic or a queue; on the bus, tell of it with a message"
                        " of its own",
                        label(message.place("large_messages"), "said here"),
                    )
