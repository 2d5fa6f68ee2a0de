"""A topic that nobody subscribes to (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG454", "warning", absence=True)
def topic_without_subscriber(subject: Subject) -> Iterator[Finding]:
    """Nobody in this file subscribes to a topic.

    SNS keeps nothing: what is published to a topic without subscribers is gone at once, and
    publishing succeeds.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Add the subscription. If the subscribers are other services, say so: `external: subscribe`.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/welcome.html
    """
    for topic in subject.topology.topics.values():
        strangers = topic.imported is not None or topic.others_subscribe
        if not strangers and not subject.graph.subscriptions_from(topic):
            yield found(
                topic.key,
                f"nobody subscribes to topic `{topic.name}`: what is published there is gone",
                f"add a subscription with `from: {{topic: {topic.name}}}`, or write `external:"
                " subscribe` if others subscribe",
            )
