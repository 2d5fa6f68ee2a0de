"""Plan event source mappings on streams, and how pipes read streams."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.kinds import KINESIS, TABLE
from msgc.links.mechanisms import StreamMapping
from msgc.stack.arns import arn, function_arn, stream_arn
from msgc.stack.model import Existing, Handle, Item, Resource
from msgc.stack.values import Json, Value, value
from msgc.topology import ids
from msgc.topology.edges import Subscription
from msgc.topology.origins import Stream
from msgc.topology.settings import argument_in

_BATCH = 100
"""Records: what Lambda takes from a stream, if it isn't told otherwise."""


def stream_mapping(made: StreamMapping) -> Iterator[Item]:
    """Yield an event source mapping on a stream, before it the stream, if that is handed over."""
    edge, consumer = made.edge, made.consumer
    yield from handed_over(made.stream, edge)
    properties: dict[str, Value] = {
        "FunctionName": function_arn(consumer),
        "EventSourceArn": stream_arn(made.stream),
        **_numbers(edge),
        "StartingPosition": made.stream.start,
    }
    properties.setdefault("BatchSize", _BATCH)
    if edge.reading is not None and edge.reading.bisect:
        properties["BisectBatchOnFunctionError"] = True
    if consumer.partial_failures:
        properties["FunctionResponseTypes"] = ("ReportBatchItemFailures",)
    if edge.dead_letter is not None:
        destination: dict[str, Value] = {"Destination": arn(edge.dead_letter)}
        properties["DestinationConfig"] = {"OnFailure": destination}
    if made.patterns:
        filters: Value = tuple({"Pattern": Json(value=value(pattern))} for pattern in made.patterns)
        properties["FilterCriteria"] = {"Filters": filters}
    if not edge.enabled:
        properties["Enabled"] = False
    yield Resource(
        path=(made.construct_id,),
        type="AWS::Lambda::EventSourceMapping",
        properties=properties,
        declared=edge,
        handle=Handle(name=ids.stream_mapping_handle(edge, consumer)),
        variant="stream",
    )


def handed_over(stream: Stream, edge: Subscription) -> Iterator[Existing]:
    """Yield a table or stream that the app hands over."""
    argument = argument_in(stream.address)
    if argument is not None:
        yield Existing(
            path=(ids.stream(stream),),
            type=(TABLE if stream.service == "dynamodb" else KINESIS).type,
            address=stream.address,
            declared=edge,
            handle=Handle(name=argument),
        )


def pipe_source(stream: Stream, edge: Subscription) -> dict[str, Value]:
    """Return what a pipe is told of how it reads a stream."""
    told: dict[str, Value] = {**_numbers(edge), "StartingPosition": stream.start}
    if edge.reading is not None and edge.reading.bisect:
        told["OnPartialBatchItemFailure"] = "AUTOMATIC_BISECT"
    if edge.dead_letter is not None:
        told["DeadLetterConfig"] = {"Arn": arn(edge.dead_letter)}
    word = "DynamoDBStream" if stream.service == "dynamodb" else "KinesisStream"
    return {f"{word}Parameters": told}


def _numbers(edge: Subscription) -> dict[str, Value]:
    """Return what mappings and pipes call by the same names."""
    reading, retry = edge.reading, edge.retry
    found: dict[str, Value] = {
        "BatchSize": reading.size if reading else None,
        "MaximumBatchingWindowInSeconds": reading.window if reading else None,
        "ParallelizationFactor": reading.parallel if reading else None,
        "MaximumRetryAttempts": retry.attempts if retry else None,
        "MaximumRecordAgeInSeconds": retry.max_age if retry else None,
    }
    return {name: number for name, number in found.items() if number is not None}
