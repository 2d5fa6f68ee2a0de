"""An event pattern is longer than EventBridge takes (E)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject

LONGEST = 4096
"""Characters; the quota of a new account is half of it."""


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
        if not (made.edge.filter or made.edge.pattern) and len(made.edge.messages) < 20:
            continue  # too short to be worth measuring
        length = len(json.dumps(made.pattern, separators=(",", ":"), ensure_ascii=False))
        if length > LONGEST:
            edge = made.edge
            place = edge.place("pattern") if edge.pattern is not None else edge.place("filter")
            yield found(
                place,
                f"the event pattern of `{edge.name}` has {length} characters, and EventBridge takes"
                f" {LONGEST}",
                "replace long lists by `prefix`, `suffix` or `anything-but`, or split the"
                " subscription in two",
            )
