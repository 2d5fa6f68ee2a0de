"""A subscription says where SNS looks, and there is nothing to look for (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG647", "error", absence=True)
def filter_on_without_filter(subject: Subject) -> Iterator[Finding]:
    """A subscription has `filter_on`, and takes everything from its topic.

    `filter_on` says whether SNS compares the message's attributes or its body. Without a `filter`,
    and without `messages` that leave out some of the topic's, nothing is compared.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {audit: {external: subscribe}}
    subscriptions: {keep: {from: {topic: orders}, filter_on: body, to: {queue: audit}}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Take it away, or say what to look for:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {audit: {external: subscribe}}
    subscriptions:
      keep: {from: {topic: orders}, filter: {order_id: [o-1]}, filter_on: body, to: {queue: audit}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
    """
    for made in subject.links.sns_subscriptions:
        if made.policy is not None:
            continue
        for edge in made.edges:
            if edge.filter_on is not None:
                yield found(
                    edge.place("filter_on"),
                    f"`filter_on` does nothing for `{edge.name}`, which takes everything from"
                    f" `{made.topic.name}`",
                    "take it away, or write a `filter`",
                )
