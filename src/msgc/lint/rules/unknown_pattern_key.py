"""A raw pattern has a key that no event has (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import did_you_mean
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject

KEYS = (
    "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail",
    "replay-name", "$or",
)  # fmt: skip

Path = tuple[str | int, ...]


@rule("MSG461", "error")
def unknown_pattern_key(subject: Subject) -> Iterator[Finding]:
    """A pattern asks for a key that no event has.

    The keys at the top of an event are fixed; what your service sends is below `detail`. A rule
    that asks for any other key matches nothing, ever.

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    queues: {audit: {external: true}}
    subscriptions:
      to-audit: {from: {bus: commerce}, pattern: {detailType: [OrderPlaced]}, to: {queue: audit}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    Write the key as EventBridge spells it:

    ```yaml
    buses: {commerce: {messages: [OrderPlaced]}}
    queues: {audit: {external: true}}
    subscriptions:
      to-audit: {from: {bus: commerce}, pattern: {detail-type: [OrderPlaced]}, to: {queue: audit}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
    """
    for edge in subject.edges:
        for path in _unknown(edge.pattern or {}, ("pattern",)):
            yield found(
                edge.place(*path),
                f"no event has the key `{path[-1]}`, so this pattern matches nothing",
                did_you_mean(str(path[-1]), (key for key in KEYS if key != "$or")),
            )


def _unknown(pattern: dict[str, Any], path: Path) -> Iterator[Path]:
    for key, clause in pattern.items():
        if key == "$or" and isinstance(clause, list):
            for index, branch in enumerate(clause):
                if isinstance(branch, dict):
                    yield from _unknown(branch, (*path, key, index))
        elif key.partition(".")[0] not in KEYS:
            yield (*path, key)
