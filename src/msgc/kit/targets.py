# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""What an edge ends at: a function for each kind of target, for topics, for rules, or for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_events as events
from aws_cdk.interfaces import aws_events as events_interfaces

from .interfaces import Bus, Function, LogGroup, Queue, Role, Topic

_OF_TARGETS = (
    "arn",
    "app_sync_parameters",
    "batch_parameters",
    "dead_letter_config",
    "ecs_parameters",
    "http_parameters",
    "kinesis_parameters",
    "redshift_data_parameters",
    "retry_policy",
    "run_command_parameters",
    "sqs_parameters",
)
"""What CDK's targets and CloudFormation's entries of a rule call by the same name."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Something that gets messages."""

    address: str
    """An ARN, a URL, a mail address or a phone number."""
    queue: Queue | None = None
    function: Function | None = None
    services: Sequence[str] = ()
    """As whom SNS invokes the function."""
    role: Role | None = None
    """With which it is reached, where it takes one."""
    group: str | None = None
    """Of what a rule sends to a FIFO queue: the message group, or its path in the event."""


@dataclass(frozen=True, kw_only=True)
class Endpoint(Target):
    """What can be subscribed to a topic."""

    protocol: str


@dataclass(frozen=True, kw_only=True)
class RuleTarget(Target):
    """What a rule can send to."""

    target: events.IRuleTarget | None = None
    """One that says itself how it is reached, once the rule is there."""
    http: events.CfnRule.HttpParametersProperty | None = None
    """What the calls of an API destination have besides a body."""


@dataclass(frozen=True, kw_only=True)
class Receiver(Endpoint, RuleTarget):
    """What both can reach."""


def to_queue(queue: Queue, *, group: str | None = None) -> Receiver:
    """Deliver to a queue.

    `group` is for rules and FIFO queues: the message group, or its path (`$.detail.order_id`).
    """
    return Receiver(address=queue.queue_arn, protocol="sqs", queue=queue, group=group)


def to_function(
    function: Function, services: Sequence[str] = ("sns.amazonaws.com",)
) -> Receiver:
    """Invoke a function; `services` are as whom SNS does it (more for topics elsewhere)."""
    return Receiver(
        address=function.function_arn,
        protocol="lambda",
        function=function,
        services=services,
    )


def to_topic(topic: Topic, role: Role) -> RuleTarget:
    """Publish to a topic, with a role that may."""
    return RuleTarget(address=topic.topic_arn, role=role)


def to_bus(bus: Bus, role: Role) -> RuleTarget:
    """Put the event on a bus, with a role that may."""
    return RuleTarget(address=bus.event_bus_arn, role=role)


def to_log_group(group: LogGroup) -> RuleTarget:
    """Write to a log group; a rule wants its ARN without the `:*`."""
    name = f"log-group:{group.log_group_name}"
    return RuleTarget(address=Stack.of(group).format_arn(service="logs", resource=name))


def to_arn(arn: str, *, role: Role, protocol: str = "") -> Receiver:
    """Deliver to anything that is reached with a role; `protocol` is SNS's word for it."""
    return Receiver(address=arn, role=role, protocol=protocol)


def to_api_destination(
    destination: events_interfaces.IApiDestinationRef | str,
    role: Role,
    *,
    path: Sequence[str] = (),
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> RuleTarget:
    """Call an API destination, with a role that may.

    A text is its ARN. `path` is for each `*` of the URL. A value that begins with `$.` is a path of
    the event.
    """
    http = events.CfnRule.HttpParametersProperty(
        path_parameter_values=path or None,
        query_string_parameters=query,
        header_parameters=headers,
    )
    return RuleTarget(
        address=destination
        if isinstance(destination, str)
        else destination.api_destination_ref.api_destination_arn,
        role=role,
        http=http if path or query or headers else None,
    )


def to_target(target: events.IRuleTarget) -> RuleTarget:
    """Deliver to any target that CDK has, which sees to it that the rule may."""
    return RuleTarget(address="", target=target)


def to_url(url: str, *, protocol: str = "") -> Endpoint:
    """Post to a URL; `protocol` is what it begins with, where that is known at deploy only."""
    return Endpoint(address=url, protocol=protocol or url.partition(":")[0].lower())


def to_email(address: str) -> Endpoint:
    """Mail the bare message to an address."""
    return Endpoint(address=address, protocol="email")


def to_email_json(address: str) -> Endpoint:
    """Mail SNS's whole envelope to an address, as JSON."""
    return Endpoint(address=address, protocol="email-json")


def to_sms(number: str) -> Endpoint:
    """Text a phone number."""
    return Endpoint(address=number, protocol="sms")


def bound(
    target: events.IRuleTarget, rule: events.CfnRule, name: str
) -> dict[str, Any]:
    """Return what a target says itself of how a rule reaches it."""
    found = target.bind(rule, name)
    said = {key: getattr(found, key) for key in _OF_TARGETS}
    said["role_arn"] = None if found.role is None else found.role.role_arn
    if found.input is not None:
        said |= _input(found.input.bind(rule))
    return {key: value for key, value in said.items() if value is not None}


def _input(found: events.RuleTargetInputProperties) -> dict[str, Any]:
    """Return what a target gets in place of the event, if that was said where it was made."""
    transformer = None
    if found.input_template is not None:
        transformer = events.CfnRule.InputTransformerProperty(
            input_template=found.input_template, input_paths_map=found.input_paths_map
        )
    return {
        "input": found.input,
        "input_path": found.input_path,
        "input_transformer": transformer,
    }
