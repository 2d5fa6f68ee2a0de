"""Rules on buses, each with one target, and what lets them reach it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.delivery.cloudtrail import EVERYTHING, asks_for_reads
from msgc.delivery.plan import Rule
from msgc.stack.arns import arn, function_arn, log_group_path
from msgc.stack.model import Handle, Item, Resource, Statement
from msgc.stack.policies import allowing, assumed_by
from msgc.stack.subscriptions import permission
from msgc.stack.values import Address, Attribute, Join, Value, pattern
from msgc.topology import ids, names
from msgc.topology.model import Bus, Consumer, LogGroup, Queue, Topic


def rule(made: Rule) -> Iterator[Item]:
    """Yield a rule, before it the role that it needs, behind it the permission that it gets."""
    path, edge = (made.construct_id,), made.edge
    role = _role(made)
    if role is not None:
        yield role
    properties: dict[str, Value] = {
        "EventBusName": _bus(made.bus),
        "EventPattern": pattern(made.pattern),
        "Targets": (_target(made, role),),
    }
    if edge.description:
        properties["Description"] = edge.description[:512]
    state = _state(made)
    if state is not None:
        properties["State"] = state
    yield Resource(
        path=path,
        type="AWS::Events::Rule",
        properties=properties,
        declared=edge,
        handle=Handle(name=names.snake(f"{edge.name}-rule"), description=edge.description),
    )
    if isinstance(made.target, Consumer):
        source = Attribute(of=path, name="Arn")
        identifier, service = ids.permission(made.construct_id), "events.amazonaws.com"
        yield permission(identifier, made.target, service, source, path, edge)


def _bus(bus: Bus) -> Value:
    """Return a bus's name, or the ARN that another account's bus needs."""
    return Attribute(of=(ids.place(bus),), name="Arn" if bus.imported else "Name")


def _state(made: Rule) -> str | None:
    if not made.edge.enabled:
        return "DISABLED"
    return EVERYTHING if asks_for_reads(made.pattern) else None


def _target(made: Rule, role: Resource | None) -> dict[str, Value]:
    target: dict[str, Value] = {"Id": "Target", "Arn": _arn(made.target)}
    if role is not None:
        target["RoleArn"] = Attribute(of=role.path, name="Arn")
    if made.retry:
        limits: dict[str, Value] = {
            "MaximumRetryAttempts": made.retry.attempts,
            "MaximumEventAgeInSeconds": made.retry.max_age,
        }
        target["RetryPolicy"] = {key: most for key, most in limits.items() if most is not None}
    if made.dead_letter:
        target["DeadLetterConfig"] = {"Arn": arn(made.dead_letter)}
    return target


def _arn(target: Queue | Topic | Bus | Consumer | LogGroup) -> Value:
    match target:
        case Queue() | Topic() | Bus():
            return arn(target)
        case Consumer():
            return function_arn(target)
        case LogGroup():  # without the `:*` of a log group's ARN
            name = Attribute(of=log_group_path(target), name="Name")
            return Address(service="logs", resource=Join(parts=("log-group:", name)))
        case _:
            assert_never(target)


def _role(made: Rule) -> Resource | None:
    match made.target:
        case Topic():
            action = "sns:Publish"
        case Bus():
            action = "events:PutEvents"
        case Queue() | Consumer() | LogGroup():
            return None
        case _:
            assert_never(made.target)
    statement = Statement(actions=(action,), resources=(arn(made.target),))
    return Resource(
        path=(ids.rule_role(made.edge),),
        type="AWS::IAM::Role",
        properties={
            "AssumeRolePolicyDocument": assumed_by("events.amazonaws.com"),
            "Policies": ({"PolicyName": "Send", "PolicyDocument": allowing([statement])},),
        },
        declared=made.edge,
        handle=Handle(name=names.snake(f"{made.edge.name}-rule-role")),
    )
