"""An event pattern is longer than EventBridge takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint import patterns
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG610", "error")
def pattern_too_long(subject: Subject) -> Iterator[Finding]:
    """An event pattern is longer than EventBridge takes.

    A pattern has at most 4096 characters as JSON, with what msgc adds for source and type, and
    2048 in an account that hasn't asked for more.

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    queues: {audit: {external: true}}
    subscriptions:
      to-audit:
        from: {bus: commerce}
        filter:
          $or:
          - &few {order_id: [north-east-00000001, north-east-00000002, north-east-000000003]}
          - &many {$or: [*few, *few, *few, *few, *few, *few, *few]}
          - *many
          - *many
          - *many
          - *many
          - *many
          - *many
          - *many
        to: {queue: audit}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Replace long lists by `prefix`, `suffix` or `anything-but`, or have the publisher send a field
    that says it in one word:

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    queues: {audit: {external: true}}
    subscriptions:
      to-audit: {from: {bus: commerce}, filter: {order_id: [{prefix: A}]}, to: {queue: audit}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
    """
    for made in subject.delivery.rules:
        length = patterns.length(made)
        if length > patterns.HARD_LIMIT:
            yield found(
                patterns.place(made),
                f"the event pattern of `{made.edge.name}` has {length} characters, and EventBridge"
                f" takes {patterns.HARD_LIMIT}",
                "replace long lists by `prefix`, `suffix` or `anything-but`, or split the"
                " subscription in two",
            )
