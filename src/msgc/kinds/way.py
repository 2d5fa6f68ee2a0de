"""The ways in which AWS moves messages from a place to an end, and what edges may say of each."""

from __future__ import annotations

from enum import Enum

from msgc.record import Record

_OF_STREAMS = frozenset({
    "filter", "enabled", "batch", "parallel", "bisect", "retry", "retry.max_age", "dead_letter",
})  # fmt: skip
"""What may be said of whatever reads a stream."""


class _Row(Record):
    """What is true of every edge that goes one way."""

    origin: str
    reader: str = ""
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
    EVENT_SOURCE_MAPPING = _Row(origin="queue", reader="Lambda", options=frozenset({"filter"}))
    """Lambda polls a queue for a function."""
    PIPE = _Row(
        origin="queue",
        reader="EventBridge",
        options=frozenset({"filter", "enrich", "enabled", "batch"}),
    )
    """An EventBridge pipe takes messages out of a queue, and hands on their bodies."""
    STREAM_MAPPING = _Row(
        origin="stream",
        reader="Lambda",
        options=_OF_STREAMS | {"messages"},
    )
    """Lambda reads a stream for a function."""
    STREAM_PIPE = _Row(
        origin="stream",
        reader="EventBridge",
        options=_OF_STREAMS | {"messages", "enrich"},
    )
    """An EventBridge pipe reads a stream."""

    def __init__(self, row: _Row) -> None:
        self.origin = row.origin
        """The word, under `from`, of the places that messages leave in this way."""
        self.reader = row.reader
        """The service that reads messages which wait; empty: AWS hands each on as it comes."""
        self.brings_events = row.brings_events
        """Whether what arrives is an event around the payload."""
        self.options = row.options
        """What an edge may say for any kind of end; `Delivery.options` are those of one kind."""
        self.most_targets = row.most_targets
        """How many targets one subscription may have, where all are of one resource in AWS.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
        """
