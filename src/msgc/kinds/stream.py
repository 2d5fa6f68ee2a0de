"""Streams, which edges lead from and never to: those of DynamoDB tables, and of Kinesis."""

from __future__ import annotations

from msgc.kinds.kind import Cdk, Kind

STREAM = Kind(word="stream", noun="stream", ways={})

TABLE = Cdk(
    type="AWS::DynamoDB::Table",
    module="dynamodb",
    interface="ITable",
    importer="Table.from_table_attributes",
    arn="table_stream_arn",
    name="table_name",
    alias="Table",
)
KINESIS = Cdk(
    type="AWS::Kinesis::Stream",
    module="kinesis",
    interface="IStream",
    importer="Stream.from_stream_arn",
    arn="stream_arn",
    name="stream_name",
    alias="KinesisStream",
)
"""What an app may hand over as a stream, by `provided`."""
