"""A topic for large messages has a subscriber that can't take them (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import kind
from msgc.topology.units import DEFAULT_TOPIC_SIZE, size


@rule("MSG473", "error")
def large_topic_endpoint(subject: Subject) -> Iterator[Finding]:
    """A topic for messages of more than 256 KiB has a subscriber that can't take them.

    SNS allows more than 256 KiB only on topics all of whose subscribers are queues and functions,
    and refuses the other subscriptions.

    ```yaml
    topics: {orders: {messages: [OrderPlaced], max_size: 512KiB}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Leave `max_size` out (256 KiB), or send the e-mails from a topic of their own:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
    """
    for topic in subject.topology.topics.values():
        if topic.max_size <= DEFAULT_TOPIC_SIZE:
            continue
        for edge in subject.graph.subscriptions_from(topic):
            if not edge.delivery.takes_large:
                yield found(
                    edge.place("to"),
                    f"`{kind(edge.target)}` can't subscribe to topic `{topic.name}`, whose messages"
                    f" may have {size(topic.max_size)}",
                    "leave `max_size` out on the topic (256KiB), or give this subscriber a topic of"
                    " its own",
                    label(topic.place("max_size"), "more than 256KiB"),
                )
