"""An event pattern is longer than most accounts may have (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.limits import pattern_lengths
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.patterns.dialect import EVENT_PATTERN


@rule("MSG611", "warning")
def pattern_over_quota(subject: Subject) -> Iterator[Finding]:
    """An event pattern is longer than an account may have that didn't ask for more.

    The quota is 2048 characters as JSON, with what msgc adds for source and type. AWS raises it to
    4096 when asked; without that, the rule is refused when the stack is deployed.

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

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    """
    for made in subject.links.event_rules:
        length = pattern_lengths.length(made)
        if pattern_lengths.QUOTA < length <= EVENT_PATTERN.characters:
            yield found(
                pattern_lengths.place(made),
                f"the event pattern of `{made.edge.name}` has {length} characters, and an account"
                f" may have {pattern_lengths.QUOTA} unless it asked for more",
                "replace long lists by `prefix`, `suffix` or `anything-but`, or ask AWS for a"
                " higher quota",
            )
