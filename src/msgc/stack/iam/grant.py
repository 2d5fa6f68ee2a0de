"""The type of a grant, one right of one edge, and what each action takes in IAM."""

from __future__ import annotations

from typing import Literal

from msgc.links.mechanisms import EventRule, Pipe, ScheduledSend, SnsSubscription
from msgc.record import Record
from msgc.topology.declared import Declared
from msgc.topology.deferred import Text
from msgc.topology.ends import Bus, End, Place, Publisher, Topic
from msgc.topology.messages import Message
from msgc.topology.origins import Stream
from msgc.topology.outsiders import Outsider
from msgc.topology.settings import ClaimTable, GivenFunction, Key, PayloadBucket

CLOUDWATCH = "cloudwatch.amazonaws.com"
EVENTS = "events.amazonaws.com"
LOGS = "delivery.logs.amazonaws.com"
PIPES = "pipes.amazonaws.com"
SNS = "sns.amazonaws.com"
SCHEDULER = "scheduler.amazonaws.com"

Action = Literal[
    "receive", "drain", "follow", "read", "send", "publish", "put", "find", "invoke", "ask", "log",
    "vend", "write", "deliver", "subscribe", "rule", "discard", "remember", "store", "fetch",
    "trace", "note", "join", "encrypt", "decrypt", "keep", "archive", "seal", "unseal",
]  # fmt: skip

ACTIONS: dict[Action, tuple[str, ...]] = {
    "receive": (
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
    ),
    "drain": ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
    "follow": (
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
    ),
    "read": (
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
        "kinesis:ListStreams",
    ),
    "send": ("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"),
    "publish": ("sns:Publish",),
    "put": ("events:PutEvents",),
    "trace": ("xray:PutTelemetryRecords", "xray:PutTraceSegments"),
    "note": ("logs:CreateLogStream", "logs:PutLogEvents"),
    "join": (
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
    ),
    "find": ("ssm:GetParameter", "ssm:GetParameters"),
    "invoke": ("lambda:InvokeFunction",),
    "ask": ("lambda:InvokeFunction",),
    "log": ("logs:CreateLogStream", "logs:PutLogEvents"),
    "vend": ("logs:CreateLogStream", "logs:PutLogEvents"),
    "write": ("logs:CreateLogStream", "logs:PutLogEvents"),
    "deliver": (),
    "subscribe": ("sns:Subscribe",),
    "rule": (
        "events:DeleteRule",
        "events:DescribeRule",
        "events:DisableRule",
        "events:EnableRule",
        "events:ListTagsForResource",
        "events:ListTargetsByRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "events:TagResource",
        "events:UntagResource",
    ),
    "discard": ("sqs:SendMessage",),
    "remember": ("dynamodb:DeleteItem", "dynamodb:PutItem"),
    "store": ("s3:PutObject",),
    "fetch": ("s3:GetObject",),
    "encrypt": ("kms:Decrypt", "kms:GenerateDataKey"),
    "decrypt": ("kms:Decrypt",),
    "keep": ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"),
    "archive": ("kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncrypt*"),
    "seal": ("kms:GenerateDataKey",),
    "unseal": ("kms:Decrypt", "kms:GenerateDataKey"),
}
"""What each takes in IAM: from a queue, a function receives and a pipe drains; a table's stream is
followed, one of Kinesis read. Of a service in a queue's own policy, to send is `sqs:SendMessage`.

What it takes to deliver with a role depends on the kind of end: `Grant.actions`.

With a key, who sends encrypts and who reads decrypts; EventBridge keeps what is on a bus or in a
pipe, and archives it; it seals what it logs, and the service that delivers logs unseals that.
"""


class Events(Record):
    """The condition on events: those of one source, of these types."""

    source: str
    types: tuple[str, ...]


class Grant(Record):
    """One right of one edge."""

    who: Publisher | SnsSubscription | EventRule | Pipe | ScheduledSend | Outsider | str
    """A consumer or producer, an edge with a role of its own, whoever the policy of a place lets
    in, or the AWS service that delivers for an edge."""
    may: Action
    on: End | Stream | GivenFunction | ClaimTable | PayloadBucket | Key | str
    """A function is one that a pipe asks; a text is the name of a Systems Manager parameter."""
    source: Topic | EventRule | Bus | None = None
    """For what a service does it."""
    edge: SnsSubscription | EventRule | Pipe | ScheduledSend | None = None
    """The subscription, rule, pipe or schedule that delivers with it."""
    events: tuple[Events, ...] = ()
    """Of `put`: nothing but these."""
    via: Place | None = None
    """Of a right on a key: the place that takes it."""
    actions: tuple[str, ...] = ()
    """Of `deliver`: what the kind of end takes."""
    endpoint: Text | None = None
    """Of `subscribe`: nothing but this endpoint, by its ARN."""
    abroad: bool = False
    """Whether it is on a key of another stack, which goes by its alias there."""
    for_edge: bool = False
    """Whether it lets the other side of an edge make it."""
    by: Declared
    """What of the file needs it."""
    why: str


def events_of(messages: tuple[Message, ...], *, outside: bool) -> tuple[Events, ...]:
    """Return the events that somebody puts on a bus; none: whatever they are.

    Code of this account publishes under the service's own source, others under all that a message
    may come from.
    """
    types: dict[str, set[str]] = {}
    for message in messages:
        for source in message.sources if outside else (message.source,):
            if not isinstance(source, str):
                return ()  # a matcher, which a policy can't have
            types.setdefault(source, set()).add(message.type)
    return tuple(Events(source=source, types=tuple(sorted(own))) for source, own in types.items())
