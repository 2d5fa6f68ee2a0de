"""A standard topic has an archive (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG668", "error")
def archive_on_standard_topic(subject: Subject) -> Iterator[Finding]:
    """A standard topic has an archive.

    SNS archives FIFO topics only, and refuses a standard topic with an `ArchivePolicy` when the
    stack is deployed.

    ```yaml
    topics: {orders: {messages: [OrderPlaced], archive: {retention: 30d}}}
    queues: {audit: {external: subscribe}}
    subscriptions:
      to-audit: {from: {topic: orders}, to: {queue: audit}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Make the topic FIFO, or publish to a bus, whose archive keeps events of any kind:

    ```yaml
    buses: {orders: {messages: [OrderPlaced], archive: {retention: 30d}}}
    queues: {audit: {external: subscribe}}
    subscriptions:
      to-audit: {from: {bus: orders}, to: {queue: audit}}
    producers: {shop: {publishes: [{bus: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html
    """
    for topic in subject.topology.topics.values():
        if topic.archive_days is not None and topic.fifo is None and topic.imported is None:
            yield found(
                topic.place("archive"),
                f"the standard topic `{topic.name}` can't have an archive",
                f"write `fifo: true` on topic `{topic.name}`, use a bus, or take `archive` away",
            )
