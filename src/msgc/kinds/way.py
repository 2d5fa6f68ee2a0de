"""The ways in which AWS moves messages from a place to an end, and what edges may say of each."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from msgc.record import Record

_OF_STREAMS = frozenset({
    "filter", "enabled", "batch", "parallel", "bisect", "retry", "retry.max_age", "dead_letter",
})  # fmt: skip
"""What may be said of whatever reads a stream."""


_READS = "whoever reads does so from its own account"


class Variables(Record):
    """What the templates of a service may fill in: its own variables, and perhaps the source's."""

    service: str
    """`EventBridge`, for findings."""
    names: dict[str, str]
    """By their names the JSON type of each, `string` or `object`."""
    has_paths: bool = True
    """Whether a placeholder may be a path into the source's record."""
    occurrence: str
    """A template that is another text for each thing that comes in, and the same at each try."""
    time: str
    """The placeholder of when it came in."""


_OF_RULES = Variables(
    service="EventBridge",
    names={
        "aws.events.rule-arn": "string",
        "aws.events.rule-name": "string",
        "aws.events.event.ingestion-time": "string",
        "aws.events.event": "object",
        "aws.events.event.json": "object",
    },
    occurrence="<$.id>",
    time="<$.time>",
)
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html"""


_OF_SCHEDULES = Variables(
    service="EventBridge Scheduler",
    names={
        "aws.scheduler.scheduled-time": "string",
        "aws.scheduler.schedule-arn": "string",
        "aws.scheduler.execution-id": "string",
        "aws.scheduler.attempt-number": "string",
    },
    has_paths=False,
    occurrence="<aws.scheduler.schedule-arn>/<aws.scheduler.scheduled-time>",
    time="<aws.scheduler.scheduled-time>",
)
"""https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html"""


_OF_PIPES = Variables(
    service="EventBridge",
    names={
        "aws.pipes.pipe-arn": "string",
        "aws.pipes.pipe-name": "string",
        "aws.pipes.target-arn": "string",
        "aws.pipes.source-arn": "string",
        "aws.pipes.event-ingestion-time": "string",
        "aws.pipes.event": "object",
        "aws.pipes.event.json": "object",
    },
    occurrence="<$.messageId>",
    time="<aws.pipes.event-ingestion-time>",
)
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html"""
_OF_RECORDS = _OF_PIPES.replace(occurrence="<$.eventID>")


class _Row(Record):
    """What is true of every edge that goes one way."""

    origin: str
    reader: str = ""
    brings_events: bool = False
    options: frozenset[str]
    most_targets: int | None = None
    variables: Variables | None = None
    tied: str = ""
    named_after: Literal["edge", "endpoint", "ends"] = "edge"
    is_made_when_off: bool = True


class Way(Enum):
    """By what AWS moves messages: a closed union, taken apart by `match` with `assert_never`."""

    SNS_SUBSCRIPTION = _Row(
        origin="topic",
        options=frozenset({"filter", "filter_on", "messages", "dead_letter", "enabled"}),
        named_after="endpoint",
        is_made_when_off=False,
    )
    EVENT_RULE = _Row(
        origin="bus",
        brings_events=True,
        options=frozenset({
            "filter", "pattern", "messages", "dead_letter", "retry", "retry.max_age", "enabled",
        }),
        most_targets=5,
        variables=_OF_RULES,
    )  # fmt: skip
    EVENT_SOURCE_MAPPING = _Row(
        origin="queue",
        reader="Lambda",
        options=frozenset({"filter", "enabled"}),
        tied=_READS,
        named_after="ends",
    )
    """Lambda polls a queue for a function."""
    PIPE = _Row(
        origin="queue",
        reader="EventBridge",
        options=frozenset({"filter", "enrich", "enabled", "batch", "log", "encryption"}),
        variables=_OF_PIPES,
        tied="a pipe lies in the account of its queue",
    )
    """An EventBridge pipe takes messages out of a queue, and hands on their bodies."""
    STREAM_MAPPING = _Row(
        origin="stream",
        reader="Lambda",
        options=_OF_STREAMS | {"messages"},
        tied=_READS,
    )
    """Lambda reads a stream for a function."""
    STREAM_PIPE = _Row(
        origin="stream",
        reader="EventBridge",
        options=_OF_STREAMS | {"messages", "enrich", "log", "encryption"},
        variables=_OF_RECORDS,
        tied="a pipe lies in the account of its stream",
    )
    """An EventBridge pipe reads a stream."""
    LONG_POLL = _Row(
        origin="queue", reader="a worker", options=frozenset(), tied=_READS, named_after="ends"
    )
    """A process of the user's receives messages from a queue by itself."""

    SCHEDULE = _Row(
        origin="schedule",
        options=frozenset({"dead_letter", "retry", "retry.max_age", "enabled"}),
        variables=_OF_SCHEDULES,
        tied="a schedule is this stack's own",
    )
    """EventBridge Scheduler sends at its time; nothing comes in."""

    def __init__(self, row: _Row) -> None:
        self.origin = row.origin
        """The word, under `from`, of the places that messages leave in this way."""
        self.reader = row.reader
        """Who reads messages which wait; empty: AWS hands each on as it comes."""
        self.brings_events = row.brings_events
        """Whether what arrives is an event around the payload."""
        self.is_timed = row.origin == "schedule"
        """Whether a time makes its messages, and nobody publishes them."""
        self.options = row.options
        """What an edge may say for any kind of end; `Delivery.options` are those of one kind."""
        self.most_targets = row.most_targets
        """How many targets one subscription may have, where all are of one resource in AWS.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
        """
        self.tied = row.tied
        """Why it is no question which of two accounts makes such an edge; empty: it may be one."""
        self.named_after = row.named_after
        """What of an edge is in the ids of what becomes of it, and so what its `was` says."""
        self.is_made_when_off = row.is_made_when_off
        """Whether AWS has something that does nothing while an edge is switched off."""
        self.variables = row.variables
        """What `send` may fill in; None: what is delivered can't be another thing."""
