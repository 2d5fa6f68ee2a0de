"""What AWS tags, which tags it takes, and those that msgc gives everything."""

from __future__ import annotations

from msgc.stack.model import Resource
from msgc.topology.declared import Declared
from msgc.topology.model import Topology

TAGGED = frozenset(
    {"AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::DynamoDB::Table",
     "AWS::EC2::SecurityGroup",
     "AWS::Events::EventBus",
     "AWS::Events::Rule",
     "AWS::EventSchemas::Registry", "AWS::EventSchemas::Schema", "AWS::IAM::Role",
     "AWS::KMS::Key", "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Function",
     "AWS::Logs::Delivery", "AWS::Logs::DeliveryDestination", "AWS::Logs::DeliverySource",
     "AWS::Logs::LogGroup",
     "AWS::Pipes::Pipe", "AWS::S3::Bucket",
     "AWS::SNS::Topic", "AWS::SQS::Queue", "AWS::SSM::Parameter"}
)  # fmt: skip
"""Types of resources that CDK gives tags."""
LONGEST = 256
"""Characters in a tag's value."""
_MARKS = " _.:/=+-@"
"""Beside letters and digits.

https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
"""


def takes(text: str) -> bool:
    """Whether AWS takes every character of a tag's name or value."""
    return all(character.isalnum() or character in _MARKS for character in text)


def of_service(topology: Topology) -> dict[str, str]:
    """Return `service`, the environment, and `owner` where that is text that AWS takes as a tag."""
    owner = topology.owner
    found = {"service": topology.built_as}
    if topology.environment is not None:
        found["environment"] = topology.environment.name
    if owner and len(owner) <= LONGEST and takes(owner):
        found["owner"] = owner
    return found


def is_named(resource: Resource) -> bool:
    """Whether the construct has an attribute for something that takes tags."""
    return resource.handle is not None and resource.type in TAGGED


def dead_letters(topology: Topology) -> dict[Declared, Declared]:
    """Return by dead-letter queue that no section declares the queue that it is made for."""
    return {
        queue.dead_letter.queue: queue
        for queue in topology.queues.values()
        if queue.dead_letter is not None and queue.dead_letter.queue.kind == "dead-letter"
    }
