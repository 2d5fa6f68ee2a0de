# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Streams of DynamoDB tables and of Kinesis, and the functions that read them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict, Unpack

from aws_cdk import aws_lambda as lambda_

from .access import Access
from .interfaces import Function, Grantee, KinesisStream, Queue, Table

_FOLLOW = [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
]
_READ = [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:ListStreams",
]


class StreamReading(TypedDict, total=False):
    """How a stream is read."""

    start: Required[str]
    """`TRIM_HORIZON`, with the oldest record that is there, or `LATEST`."""
    batch_size: int | None
    window: int | None
    """Seconds for which a batch is gathered."""
    parallel: int | None
    """Batches of one shard at a time."""
    bisect: bool | None
    """Whether a batch that fails is tried again in two halves."""
    retries: int | None
    max_age: int | None
    """Seconds after which a record is given up."""
    dead_letter: Queue | None
    """Where it is told what was given up."""


class StreamMappingSettings(StreamReading, total=False):
    """How a function reads a stream."""

    partial: bool | None
    """Whether the function says where in a batch it failed."""
    filters: Sequence[Mapping[str, Any]] | None
    enabled: bool | None


class Streams(Access):
    """Lets functions read streams."""

    @staticmethod
    def stream_of(table: Table) -> str:
        """Return the ARN of a table's stream, or raise `ValueError` if it has none."""
        arn: str | None = table.table_stream_arn
        if arn is None:
            message = f"{table.node.path} is a table without a stream: give it one"
            raise ValueError(message)
        return arn

    def may_follow(self, who: Grantee, *tables: Table | str) -> None:
        """Let somebody read the streams of tables; a text is a stream's ARN."""
        arns = [
            table if isinstance(table, str) else self.stream_of(table)
            for table in tables
        ]
        self.grant(who, _FOLLOW, arns)

    def may_read(self, who: Grantee, *streams: KinesisStream | str) -> None:
        """Let somebody read Kinesis streams; a text is an ARN."""
        arns = [
            stream if isinstance(stream, str) else stream.stream_arn
            for stream in streams
        ]
        self.grant(who, _READ, arns)

    def follow(
        self,
        construct_id: str,
        function: Function,
        arn: str,
        **settings: Unpack[StreamMappingSettings],
    ) -> lambda_.CfnEventSourceMapping:
        """Let a function read a stream, which it may already."""
        kind, dead_letter = lambda_.CfnEventSourceMapping, settings.get("dead_letter")
        filters = [
            kind.FilterProperty(pattern=json.dumps(pattern))
            for pattern in (settings.get("filters") or ())
        ]
        return kind(
            self,
            construct_id,
            function_name=function.function_arn,
            event_source_arn=arn,
            starting_position=settings["start"],
            batch_size=settings.get("batch_size") or 100,
            maximum_batching_window_in_seconds=settings.get("window"),
            parallelization_factor=settings.get("parallel"),
            bisect_batch_on_function_error=settings.get("bisect"),
            maximum_retry_attempts=settings.get("retries"),
            maximum_record_age_in_seconds=settings.get("max_age"),
            function_response_types=["ReportBatchItemFailures"]
            if settings.get("partial") is not False
            else None,
            destination_config=None
            if dead_letter is None
            else kind.DestinationConfigProperty(
                on_failure=kind.OnFailureProperty(destination=dead_letter.queue_arn)
            ),
            filter_criteria=kind.FilterCriteriaProperty(filters=filters)
            if filters
            else None,
            enabled=settings.get("enabled"),
        )
