# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""EventBridge pipes, each from a queue or a stream to one target."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Required, TypedDict, Unpack

from aws_cdk import aws_iam as iam
from aws_cdk import aws_pipes as pipes

from .base import Base
from .interfaces import Function, Key, LogGroup, Role
from .streams import StreamReading
from .targets import to_log_group


@dataclass(frozen=True, kw_only=True)
class PipeTarget:
    """Any target of a pipe, with what it takes to be reached.

    `PipeTarget(arn=stream.stream_arn, grant=stream.grant_write, parameters=...)`: what goes there
    is said by the pipe.
    """

    arn: str
    grant: Callable[[iam.IGrantable], object]
    """Gives the pipe's role what it needs to deliver: `task.grant_run`, `queue.grant_send_messages`."""
    parameters: pipes.CfnPipe.PipeTargetParametersProperty | None = None
    """What AWS wants to know of its kind of target; the template is the pipe's."""


_OF_TARGETS = (
    "batch_job_parameters",
    "cloud_watch_logs_parameters",
    "ecs_task_parameters",
    "event_bridge_event_bus_parameters",
    "http_parameters",
    "kinesis_stream_parameters",
    "lambda_function_parameters",
    "redshift_data_parameters",
    "sage_maker_pipeline_parameters",
    "sqs_queue_parameters",
    "step_function_state_machine_parameters",
    "timestream_parameters",
)
"""What a target may say of itself: all parameters but the template."""


class EventHead(TypedDict):
    """What the events on a bus say of themselves: texts, or JSON paths."""

    source: str
    detail_type: str


class QueueReading(TypedDict, total=False):
    """How a queue is read."""

    batch_size: int | None
    window: int | None
    """Seconds for which a batch is gathered."""


class PipeLog(TypedDict, total=False):
    """What a pipe logs, and where to."""

    group: Required[LogGroup]
    level: Required[str]
    """`ERROR`, `INFO` or `TRACE`."""
    detail: bool | None
    """Whether payloads are in the log, and what was asked and answered."""


class PipeSettings(TypedDict, total=False):
    """What goes where."""

    to: Required[str | PipeTarget]
    """The target's ARN, or one that says itself what the pipe's role needs."""
    role: Required[Role]
    queue: QueueReading | None
    table: StreamReading | None
    """How the stream of a table is read."""
    kinesis: StreamReading | None
    filters: Sequence[Mapping[str, Any]] | None
    enrichment: Function | None
    """A function whose answers go to the target."""
    ask: str | None
    """What of a record the function gets: `<$.body>`."""
    template: str | None
    """What the target gets, of a record or of what the function answered."""
    event: EventHead | None
    group: str | None
    """In a FIFO queue: a JSON path into what is handed on."""
    deduplication: str | None
    invocation: str | None
    """Of a state machine: `FIRE_AND_FORGET`."""
    path: Sequence[str] | None
    """For each `*` in the URL of an API destination, as the next two texts or JSON paths."""
    query: Mapping[str, str] | None
    headers: Mapping[str, str] | None
    key: Key | None
    """With which EventBridge keeps filters and templates; its own if it is left out."""
    log: PipeLog | None
    description: str | None
    state: str | None
    """`STOPPED`."""


class Pipes(Base):
    """Makes pipes."""

    def pipe(
        self, construct_id: str, source: str, **settings: Unpack[PipeSettings]
    ) -> pipes.CfnPipe:
        """Hand on what comes from a source, given by its ARN, with a role that may."""
        kind, to, role = pipes.CfnPipe, settings["to"], settings["role"]
        asked, ask = settings.get("enrichment"), settings.get("ask")
        key = settings.get("key")
        made = kind(
            self,
            construct_id,
            source=source,
            source_parameters=_source(settings),
            enrichment=None if asked is None else asked.function_arn,
            enrichment_parameters=None
            if ask is None
            else kind.PipeEnrichmentParametersProperty(input_template=ask),
            target=to if isinstance(to, str) else to.arn,
            target_parameters=_target(settings),
            role_arn=role.role_arn,
            log_configuration=_log(settings.get("log")),
            kms_key_identifier=None if key is None else key.key_arn,
            description=settings.get("description"),
            desired_state=settings.get("state"),
        )
        if not isinstance(to, str):
            to.grant(role)
            policy = role.node.try_find_child("DefaultPolicy")
            if policy is not None:
                made.node.add_dependency(policy)
        return made


def _source(
    settings: PipeSettings,
) -> pipes.CfnPipe.PipeSourceParametersProperty | None:
    kind = pipes.CfnPipe
    queue, filters = settings.get("queue"), (settings.get("filters") or ())
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


def _log(log: PipeLog | None) -> pipes.CfnPipe.PipeLogConfigurationProperty | None:
    if log is None:
        return None
    kind, group = pipes.CfnPipe, to_log_group(log["group"])
    return kind.PipeLogConfigurationProperty(
        cloudwatch_logs_log_destination=kind.CloudwatchLogsLogDestinationProperty(
            log_group_arn=group.address
        ),
        level=log["level"],
        include_execution_data=["ALL"] if log.get("detail") else None,
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
    if all(settings.get(word) is None for word in words):
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
    found: dict[str, Any] = {
        "input_template": template,
        "http_parameters": http,
        "event_bridge_event_bus_parameters": None
        if head is None
        else kind.PipeTargetEventBridgeEventBusParametersProperty(
            source=head["source"], detail_type=head["detail_type"]
        ),
        "sqs_queue_parameters": None
        if group is None
        else kind.PipeTargetSqsQueueParametersProperty(
            message_group_id=group,
            message_deduplication_id=settings.get("deduplication"),
        ),
        "step_function_state_machine_parameters": None
        if invocation is None
        else kind.PipeTargetStateMachineParametersProperty(invocation_type=invocation),
    }
    said = {key: value for key, value in found.items() if value is not None}
    told = _own(settings["to"]) | said
    return kind.PipeTargetParametersProperty(**told) if told else None


def _own(to: str | PipeTarget) -> dict[str, Any]:
    """Return what a target says of itself."""
    if isinstance(to, str) or to.parameters is None:
        return {}
    if to.parameters.input_template is not None:
        message = (
            "what a pipe's target gets is said by the pipe: take `input_template` away"
        )
        raise ValueError(message)
    found = {key: getattr(to.parameters, key) for key in _OF_TARGETS}
    return {key: value for key, value in found.items() if value is not None}
