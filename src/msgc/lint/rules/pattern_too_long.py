"""A pattern or filter is longer than AWS takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.limits.pattern_lengths import measured
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG610", "error")
def pattern_too_long(subject: Subject) -> Iterator[Finding]:
    """A pattern or filter is longer than AWS takes.

    As JSON, with what msgc adds for source and type, an event pattern and the filter of a poll
    have at most 4096 characters, an SNS filter policy 256 KiB. An account that hasn't asked for
    more may have event patterns of 2048.

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
    for one in measured(subject):
        if one.length > one.most:
            yield found(
                one.span,
                f"{one.what} has {one.length} {one.unit}, and {one.service} takes {one.most}",
                "replace long lists by `prefix`, `suffix` or `anything-but`, or have the publisher"
                " send a field that says it in one word",
            )
