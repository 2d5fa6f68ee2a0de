"""A Data Firehose stream, which keeps what it gets in S3, Redshift, OpenSearch or elsewhere."""

from __future__ import annotations

from msgc.kinds.kind import Cdk, Delivery, Kind, Role, piped
from msgc.kinds.way import Way

_WRITE = ("firehose:PutRecord", "firehose:PutRecordBatch")

FIREHOSE = Kind(
    word="firehose",
    noun="Firehose stream",
    ways={
        Way.SNS_SUBSCRIPTION: Delivery(
            access=Role(
                actions=(
                    "firehose:DescribeDeliveryStream",
                    "firehose:ListDeliveryStreams",
                    "firehose:ListTagsForDeliveryStream",
                    *_WRITE,
                )
            ),
            protocol="firehose",
            options=frozenset({"raw"}),
            takes_large=True,
        ),
        Way.EVENT_RULE: Delivery(access=Role(actions=_WRITE), options=frozenset({"send"})),
        Way.SCHEDULE: Delivery(
            access=Role(actions=("firehose:PutRecord",)), options=frozenset({"send"})
        ),
        **piped(Delivery(access=Role(actions=_WRITE)), most_at_once=500),
    },
    scheme="firehose/",
    arn=("firehose", "deliverystream/"),
    cdk=Cdk(
        type="AWS::KinesisFirehose::DeliveryStream",
        module="kinesisfirehose",
        interface="IDeliveryStreamRef",
        importer="CfnDeliveryStream.from_delivery_stream_arn",
        arn="delivery_stream_ref.delivery_stream_arn",
        name="delivery_stream_ref.delivery_stream_name",
        takes_tokens=False,
    ),
)
"""https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html has the actions.

CDK's L2 adds a mapping to the template of whoever finds a stream by its ARN; L1 doesn't.
"""
