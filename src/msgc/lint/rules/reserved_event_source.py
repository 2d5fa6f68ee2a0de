"""A message is published with a source that only AWS may use (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.messages import Message
from msgc.topology.narrowing import kind_of


@rule("MSG458", "error")
def reserved_event_source(subject: Subject) -> Iterator[Finding]:
    """A message is published to a bus with a source that belongs to AWS.

    EventBridge refuses every event whose `source` starts with `aws.`, unless AWS itself sent it.

    ```yaml
    messages:
      Cleaned:
        source: aws.cleaner
        schema: {type: object, required: [id], properties: {id: {type: string}}}
    buses: {ops: {messages: [Cleaned]}}
    queues: {audit: {external: true}}
    subscriptions:
      to-audit: {from: {bus: ops}, to: {queue: audit}}
    producers: {cleaner: {publishes: [{bus: ops}]}}
    ```

    Use a name of your own, by custom your domain backwards:

    ```yaml
    messages:
      Cleaned:
        source: com.example.cleaner
        schema: {type: object, required: [id], properties: {id: {type: string}}}
    buses: {ops: {messages: [Cleaned]}}
    queues: {audit: {external: true}}
    subscriptions:
      to-audit: {from: {bus: ops}, to: {queue: audit}}
    producers: {cleaner: {publishes: [{bus: ops}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
    """
    topology = subject.topology
    if topology.source.startswith("aws."):
        yield found(
            subject.place("source"),
            f"the source `{topology.source}` belongs to AWS: EventBridge refuses such events",
            "use a name of your own: `source: com.example.shop`",
        )
    seen: set[Message] = set()
    for publisher in subject.publishers:
        for publication in publisher.publishes:
            if not kind_of(publication.target).carries_events:
                continue
            for message in publication.messages:
                if message.source.startswith("aws.") and message not in seen:
                    seen.add(message)
                    if message.source == topology.source:
                        continue
                    yield found(
                        message.place("source"),
                        f"`{message.name}` can't be published with the source"
                        f" `{message.source}`: it belongs to AWS",
                        "use a name of your own: `source: com.example.shop`",
                        label(publication.span, "published to a bus here"),
                    )
