"""How each CloudFormation type gets into the emulator, and why: one table, nothing by accident.

A type that stands in no row fails the deployment, so that a stack never looks green because
something in it was left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

How = Literal["stack", "api-before", "api-after", "omitted"]
Properties = dict[str, Any]


def _always(_: Properties) -> bool:
    return True


def _is_posted(properties: Properties) -> bool:
    return properties.get("Protocol") in {"http", "https"}


def _is_fifo(properties: Properties) -> bool:
    return properties.get("FifoTopic") in (True, "true")


@dataclass(frozen=True)
class Kind:
    """A row: resources of `type` for which `when` holds are made like `how`."""

    type: str
    how: How
    reason: str
    when: Callable[[Properties], bool] = _always


_KNOWN = "the emulator's CloudFormation makes it"

_BY_API = "the emulator has it by API, not as a type"

KINDS = (
    Kind(
        "AWS::SNS::Topic",
        "api-before",
        "FIFO topics made by the emulator's CloudFormation don't deduplicate; made by API they do",
        _is_fifo,
    ),
    Kind("AWS::Events::Archive", "api-after", _BY_API),
    Kind("AWS::Events::Connection", "api-before", _BY_API),
    Kind("AWS::Events::ApiDestination", "api-before", _BY_API),
    Kind(
        "AWS::SNS::Subscription",
        "api-after",
        "endpoints are never asked to confirm what the emulator's CloudFormation makes",
        _is_posted,
    ),
    *(
        Kind(type_, "stack", _KNOWN)
        for type_ in (
            "AWS::CDK::Metadata",
            "AWS::DynamoDB::Table",
            "AWS::Events::EventBus",
            "AWS::Events::Rule",
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::Policy",
            "AWS::IAM::Role",
            "AWS::IAM::User",
            "AWS::Kinesis::Stream",
            "AWS::KMS::Alias",
            "AWS::KMS::Key",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::EventSourceMapping",
            "AWS::Lambda::Function",
            "AWS::Lambda::Permission",
            "AWS::Logs::LogGroup",
            "AWS::Logs::ResourcePolicy",
            "AWS::Pipes::Pipe",
            "AWS::S3::Bucket",
            "AWS::S3::BucketPolicy",
            "AWS::Scheduler::Schedule",
            "AWS::SNS::Subscription",
            "AWS::SNS::Topic",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy",
            "AWS::SSM::Parameter",
            "AWS::StepFunctions::StateMachine",
        )
    ),
    Kind("AWS::EventSchemas::Registry", "omitted", "nothing that a message does depends on it"),
    Kind("AWS::EventSchemas::Schema", "omitted", "nothing that a message does depends on it"),
    *(
        Kind(type_, "omitted", "the emulator has no logs of buses to deliver")
        for type_ in (
            "AWS::Logs::Delivery",
            "AWS::Logs::DeliveryDestination",
            "AWS::Logs::DeliverySource",
        )
    ),
    Kind(
        "AWS::Events::EventBusPolicy",
        "omitted",
        "the emulator lacks the type; what it says is in the template that is kept",
    ),
)


class UnknownTypeError(Exception):
    """A template has a type of which nobody decided how the emulator gets it."""


def kind_of(logical_id: str, resource: dict[str, Any]) -> Kind:
    """The first row that fits."""
    properties = resource.get("Properties", {})
    for kind in KINDS:
        if kind.type == resource["Type"] and kind.when(properties):
            return kind
    message = (
        f"{logical_id} is a {resource['Type']}: add a row to tests/emulator/kinds.py that says "
        "how the emulator gets it, and why"
    )
    raise UnknownTypeError(message)
