# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""EventBridge pipes, each from a queue or a stream to one target."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict, Unpack

from aws_cdk import aws_pipes as pipes

from .base import Base
from .interfaces import Function, Role
from .streams import StreamReading


class EventHead(TypedDict):
    """What the events on a bus say of themselves: texts, or JSON paths."""

    source: str
    detail_type: str


class QueueReading(TypedDict, total=False):
    """How a queue is read."""

    batch_size: int
    window: int
    """Seconds for which a batch is gathered."""


class PipeSettings(TypedDict, total=False):
    """What goes where."""

    to: Required[str]
    """The target's ARN."""
    role: Required[Role]
    queue: QueueReading
    table: StreamReading
    """How the stream of a table is read."""
    kinesis: StreamReading
    filters: Sequence[Mapping[str, Any]]
    enrichment: Function
    """A function whose answers go to the target."""
    ask: str
    """What of a record the function gets: `<$.body>`."""
    template: str
    """What the target gets, of a record or of what the function answered."""
    event: EventHead
    group: str
    """In a FIFO queue: a JSON path into what is handed on."""
    deduplication: str
    invocation: str
    """Of a state machine: `FIRE_AND_FORGET`."""
    path: Sequence[str]
    """For each `*` in the URL of an API destination, as the next two texts or JSON paths."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    description: str
    state: str
    """`STOPPED`."""


class Pipes(Base):
    """Makes pipes."""

    def pipe(
        self, construct_id: str, source: str, **settings: Unpack[PipeSettings]
    ) -> pipes.CfnPipe:
        """Hand on what comes from a source, given by its ARN, with a role that may."""
        kind = pipes.CfnPipe
        asked, ask = settings.get("enrichment"), settings.get("ask")
        return kind(
            self,
            construct_id,
            source=source,
            source_parameters=_source(settings),
            enrichment=None if asked is None else asked.function_arn,
            enrichment_parameters=None
            if ask is None
            else kind.PipeEnrichmentParametersProperty(input_template=ask),
            target=settings["to"],
            target_parameters=_target(settings),
            role_arn=settings["role"].role_arn,
            description=settings.get("description"),
            desired_state=settings.get("state"),
        )


def _source(
    settings: PipeSettings,
) -> pipes.CfnPipe.PipeSourceParametersProperty | None:
    kind = pipes.CfnPipe
    queue, filters = settings.get("queue"), settings.get("filters", ())
    table, kinesis = settings.get("table"), settings.get("kinesis")
    if not (queue or table or kinesis or filters):
        return None
    return kind.PipeSourceParametersProperty(
        filter_criteria=kind.FilterCriteriaProperty(
            filters=[
                kind.FilterProperty(pattern=json.dumps(pattern)) for pattern in filters
            ]
        )
        if filters
        else None,
        sqs_queue_parameters=None
        if queue is None
        else kind.PipeSourceSqsQueueParametersProperty(
            batch_size=queue.get("batch_size"),
            maximum_batching_window_in_seconds=queue.get("window"),
        ),
        dynamo_db_stream_parameters=None
        if table is None
        else kind.PipeSourceDynamoDBStreamParametersProperty(**_reading(table)),
        kinesis_stream_parameters=None
        if kinesis is None
        else kind.PipeSourceKinesisStreamParametersProperty(**_reading(kinesis)),
    )


def _reading(settings: StreamReading) -> dict[str, Any]:
    """Return what both kinds of streams call by the same names."""
    dead_letter = settings.get("dead_letter")
    return {
        "starting_position": settings["start"],
        "batch_size": settings.get("batch_size"),
        "maximum_batching_window_in_seconds": settings.get("window"),
        "parallelization_factor": settings.get("parallel"),
        "on_partial_batch_item_failure": "AUTOMATIC_BISECT"
        if settings.get("bisect")
        else None,
        "maximum_retry_attempts": settings.get("retries"),
        "maximum_record_age_in_seconds": settings.get("max_age"),
        "dead_letter_config": None
        if dead_letter is None
        else pipes.CfnPipe.DeadLetterConfigProperty(arn=dead_letter.queue_arn),
    }


def _http(
    settings: PipeSettings,
) -> pipes.CfnPipe.PipeTargetHttpParametersProperty | None:
    """Return what the calls of an API destination have besides a body."""
    words = ("path", "query", "headers")
    if not any(word in settings for word in words):
        return None
    return pipes.CfnPipe.PipeTargetHttpParametersProperty(
        path_parameter_values=settings.get("path"),
        query_string_parameters=settings.get("query"),
        header_parameters=settings.get("headers"),
    )


def _target(
    settings: PipeSettings,
) -> pipes.CfnPipe.PipeTargetParametersProperty | None:
    kind, head = pipes.CfnPipe, settings.get("event")
    template, invocation = settings.get("template"), settings.get("invocation")
    group, http = settings.get("group"), _http(settings)
    said = (template, head, invocation, group, http)
    if all(each is None for each in said):
        return None
    return kind.PipeTargetParametersProperty(
        input_template=template,
        http_parameters=http,
        event_bridge_event_bus_parameters=None
        if head is None
        else kind.PipeTargetEventBridgeEventBusParametersProperty(
            source=head["source"], detail_type=head["detail_type"]
        ),
        sqs_queue_parameters=None
        if group is None
        else kind.PipeTargetSqsQueueParametersProperty(
            message_group_id=group,
            message_deduplication_id=settings.get("deduplication"),
        ),
        step_function_state_machine_parameters=None
        if invocation is None
        else kind.PipeTargetStateMachineParametersProperty(invocation_type=invocation),
    )
