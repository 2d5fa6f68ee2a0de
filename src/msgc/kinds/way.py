"""The ways in which AWS moves messages from a place to an end, and what edges may say of each."""

from __future__ import annotations

from enum import Enum


class Way(Enum):
    """A mechanism by which AWS moves messages: a closed union, taken apart by `match`."""

    SNS_SUBSCRIPTION = (
        "topic",
        False,
        False,
        frozenset({"filter", "filter_on", "messages", "dead_letter"}),
    )
    EVENT_RULE = (
        "bus",
        False,
        True,
        frozenset({
            "filter", "pattern", "messages", "dead_letter", "retry", "retry.max_age", "enabled",
        }),
    )  # fmt: skip
    EVENT_SOURCE_MAPPING = ("queue", True, False, frozenset({"filter"}))
    """Lambda polls a queue for a function."""

    def __init__(
        self,
        origin: str,
        is_polled: bool,  # noqa: FBT001  # a row of a table
        brings_events: bool,  # noqa: FBT001
        options: frozenset[str],
    ) -> None:
        self.origin = origin
        """The word, under `from`, of the places that messages leave in this way."""
        self.is_polled = is_polled
        """Whether messages wait until somebody takes them; else AWS hands each on as it comes."""
        self.brings_events = brings_events
        """Whether what arrives is an event around the payload."""
        self.options = options
        """What an edge may say for any kind of end; `Delivery.options` are those of one kind."""
