"""The arguments of a stack's construct: what only the user's own app can hand over."""

from __future__ import annotations

from msgc.kinds import BUS, KINDS, KINESIS, QUEUE, TABLE, TOPIC
from msgc.stack.model import Stack

_PLACES = {
    "AWS::SQS::Queue": (QUEUE, "sqs", "Queue.from_queue_arn"),
    "AWS::SNS::Topic": (TOPIC, "sns", "Topic.from_topic_arn"),
    "AWS::Events::EventBus": (BUS, "events", "EventBus.from_event_bus_arn"),
}
"""By type, CDK's module and the class method that takes an ARN."""

_WORDS = {
    **{type_: kind.word for type_, (kind, _, _) in _PLACES.items()},
    "AWS::Lambda::Function": "function",
    "AWS::IAM::Role": "role",
    "AWS::EC2::VPC": "vpc",
    "AWS::KMS::Key": "key",
    "AWS::S3::Bucket": "bucket",
    TABLE.type: "table",
    KINESIS.type: "stream",
    "AWS::Events::Connection": "connection",
    **{cdk.type: cdk.argument or kind.word for kind in KINDS.values() for cdk in kind.types},
}
"""What an argument is, by the type of its resource."""


INPUT = "input"
"""What an argument is that is text."""


def provided(stack: Stack) -> dict[str, str]:
    """Return the arguments of the construct, and which kind of resource each is."""
    return {
        **{
            existing.argument: _WORDS[existing.type]
            for existing in stack.existing
            if existing.argument is not None
        },
        **{each.name: INPUT for each in stack.inputs},
    }


def importers() -> dict[str, tuple[str, ...]]:
    """Return by what a kind of end is found by its ARN: CDK's module and method, and that ARN."""
    return {
        **{kind.word: (module, find, *kind.arn) for kind, module, find in _PLACES.values()},
        **_outside(),
        "stream": (KINESIS.module, KINESIS.importer, "kinesis", "stream/"),
        "key": ("kms", "Key.from_key_arn", "kms", "key/"),
        "bucket": ("s3", "Bucket.from_bucket_arn", "s3", ""),
        "connection": ("events", "CfnConnection.from_connection_arn", "events", _CONNECTION),
    }


_CONNECTION = "connection/found/"
"""Before the identifier in which the ARN of a connection ends."""


def _outside() -> dict[str, tuple[str, ...]]:
    return {
        kind.word: (kind.cdk.module, kind.cdk.importer, *kind.arn)
        for kind in KINDS.values()
        if kind.cdk is not None and kind.cdk.importer
    }
