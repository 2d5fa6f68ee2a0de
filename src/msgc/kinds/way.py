"""The ways in which AWS moves messages from a place to an end, and what edges may say of each."""

from __future__ import annotations

from enum import Enum

from msgc.record import Record


class _Row(Record):
    """What is true of every edge that goes one way."""

    origin: str
    is_polled: bool = False
    brings_events: bool = False
    options: frozenset[str]
    most_targets: int | None = None


class Way(Enum):
    """By what AWS moves messages: a closed union, taken apart by `match` with `assert_never`."""

    SNS_SUBSCRIPTION = _Row(
        origin="topic", options=frozenset({"filter", "filter_on", "messages", "dead_letter"})
    )
    EVENT_RULE = _Row(
        origin="bus",
        brings_events=True,
        options=frozenset({
            "filter", "pattern", "messages", "dead_letter", "retry", "retry.max_age", "enabled",
        }),
        most_targets=5,
    )  # fmt: skip
    EVENT_SOURCE_MAPPING = _Row(origin="queue", is_polled=True, options=frozenset({"filter"}))
    """Lambda polls a queue for a function."""

    def __init__(self, row: _Row) -> None:
        self.origin = row.origin
        """The word, under `from`, of the places that messages leave in this way."""
        self.is_polled = row.is_polled
        """Whether messages wait until somebody takes them; else AWS hands each on as it comes."""
        self.brings_events = row.brings_events
        """Whether what arrives is an event around the payload."""
        self.options = row.options
        """What an edge may say for any kind of end; `Delivery.options` are those of one kind."""
        self.most_targets = row.most_targets
        """How many targets one subscription may have, where all are of one resource in AWS.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
        """
