"""Plan pipes, the roles that they have, and the functions that they ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.mechanisms import Pipe
from msgc.links.pipes import WHOLE
from msgc.stack.arns import (
    asked_handle,
    asked_path,
    bare_log_group_arn,
    end_arn,
    key_arn,
    origin_arn,
)
from msgc.stack.iam.deliveries import role
from msgc.stack.iam.grant import PIPES, Grant
from msgc.stack.model import Existing, Handle, Item, Resource
from msgc.stack.resources.destinations import http_parameters
from msgc.stack.resources.streams import handed_over, pipe_source
from msgc.stack.values import Attribute, Json, Value, json_text, value
from msgc.topology import ids, names
from msgc.topology.deferred import deferred
from msgc.topology.ends import Consumer, Queue
from msgc.topology.narrowing import as_outside
from msgc.topology.origins import Stream
from msgc.topology.settings import GivenFunction


def pipe(made: Pipe, granted: tuple[Grant, ...]) -> Iterator[Item]:
    """Yield a pipe, before it the function that it asks and the role that it has."""
    edge, path = made.edge, (made.construct_id,)
    handle = names.snake(f"{edge.name}-pipe")
    match made.origin:
        case Stream() as stream:
            yield from handed_over(stream, edge)
        case Queue():
            pass
        case _:
            assert_never(made.origin)
    match edge.enrich:
        case GivenFunction() as asked:
            yield Existing(
                path=asked_path(asked),
                type="AWS::Lambda::Function",
                address=asked.address,
                declared=edge,
                handle=Handle(name=asked_handle(asked)),
            )
        case Consumer() | None:
            pass  # which has a section of its own
        case _:
            assert_never(edge.enrich)
    sender = role(granted, (ids.pipe_role(edge),), f"{handle}_role", PIPES)
    assert sender is not None, edge  # noqa: S101  # it reads
    yield sender
    yield Resource(
        path=path,
        type="AWS::Pipes::Pipe",
        properties=_properties(made, sender),
        declared=edge,
        handle=Handle(name=handle, description=edge.description),
    )


def _properties(made: Pipe, sender: Resource) -> dict[str, Value]:
    edge, target = made.edge, _target(made)
    properties: dict[str, Value] = {
        "Source": origin_arn(made.origin),
        "RoleArn": Attribute(of=sender.path, name="Arn"),
        "Target": end_arn(made.target),
    }
    source = _source(made)
    if source:
        properties["SourceParameters"] = source
    if edge.enrich is not None:
        properties["Enrichment"] = end_arn(edge.enrich)
        if made.path != WHOLE:
            properties["EnrichmentParameters"] = {"InputTemplate": f"<{made.path}>"}
    if target:
        properties["TargetParameters"] = target
    if edge.log is not None:
        group = bare_log_group_arn(edge.log.group)
        logging: dict[str, Value] = {
            "CloudwatchLogsLogDestination": {"LogGroupArn": group},
            "Level": edge.log.level.upper(),
        }
        if edge.log.detail:
            logging["IncludeExecutionData"] = ("ALL",)
        properties["LogConfiguration"] = logging
    if edge.encryption is not None:
        properties["KmsKeyIdentifier"] = key_arn(edge.encryption)
    if edge.description:
        properties["Description"] = edge.description[:512]
    if not edge.enabled:
        properties["DesiredState"] = "STOPPED"
    return properties


def _source(made: Pipe) -> dict[str, Value]:
    """Return what the pipe is told of how it reads."""
    found: dict[str, Value] = {}
    if made.patterns:
        filters: Value = tuple({"Pattern": Json(value=value(pattern))} for pattern in made.patterns)
        found["FilterCriteria"] = {"Filters": filters}
    match made.origin:
        case Stream() as stream:
            found |= pipe_source(stream, made.edge)
        case Queue():
            reading = made.edge.reading
            told: dict[str, Value] = {}
            if reading is not None and reading.size is not None:
                told["BatchSize"] = reading.size
            if reading is not None and reading.window is not None:
                told["MaximumBatchingWindowInSeconds"] = reading.window
            if told:
                found["SqsQueueParameters"] = told
        case _:
            assert_never(made.origin)
    return found


def _target(made: Pipe) -> dict[str, Value]:
    """Return what the target is told; what a function answered is handed on as it is."""
    target: dict[str, Value] = {}
    outside = as_outside(made.target)
    if outside is not None and outside.http is not None:
        target |= http_parameters(outside.http)
    for name, settings in made.edge.delivery.parameters.items():
        target[name] = dict(settings)
    if made.template is not None:
        target["InputTemplate"] = json_text(deferred(made.template))
    if made.message_ids is not None:
        told: dict[str, Value] = {"MessageGroupId": made.message_ids.group}
        if made.message_ids.deduplication is not None:
            told["MessageDeduplicationId"] = made.message_ids.deduplication
        target["SqsQueueParameters"] = told
    if made.head is not None:
        target["EventBridgeEventBusParameters"] = {
            "DetailType": made.head.type,
            "Source": made.head.source,
        }
    return target
