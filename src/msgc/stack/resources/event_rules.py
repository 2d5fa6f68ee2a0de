"""Plan event rules, each with one target, and what lets them reach it."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.filtering.cloudtrail import EVERYTHING, asks_for_reads
from msgc.links.model import EventRule
from msgc.stack.arns import arn, end_arn, name_of
from msgc.stack.iam.deliveries import permissions, role
from msgc.stack.iam.grants import EVENTS, Grant
from msgc.stack.model import Handle, Item, Resource
from msgc.stack.values import Address, Attribute, Join, Value, pattern
from msgc.topology import ids, names
from msgc.topology.ends import Bus
from msgc.topology.narrowing import kind_of


def event_rule(made: EventRule, granted: tuple[Grant, ...]) -> Iterator[Item]:
    """Yield a rule, before it the role that it needs, behind it the permission that it gets."""
    path, edge = (made.construct_id,), made.edge
    handle = names.snake(f"{edge.name}-rule")
    sender = role(granted, (ids.rule_role(edge),), f"{handle}_role", EVENTS)
    if sender is not None:
        yield sender
    properties: dict[str, Value] = {
        "EventBusName": _bus(made.bus),
        "EventPattern": pattern(made.pattern),
        "Targets": (_target(made, sender),),
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
        handle=Handle(name=handle, description=edge.description),
    )
    yield from permissions(granted, made.construct_id, Attribute(of=path, name="Arn"))


def _bus(bus: Bus) -> Value:
    """Return a bus's name, or the ARN that another account's bus needs."""
    found = bus.is_default or name_of(bus) is not None
    return Attribute(of=(ids.place(bus),), name="Name" if found else "Arn")


def _state(made: EventRule) -> str | None:
    if not made.edge.enabled:
        return "DISABLED"
    return EVERYTHING if asks_for_reads(made.pattern) else None


def _target(made: EventRule, sender: Resource | None) -> dict[str, Value]:
    target: dict[str, Value] = {"Id": "Target", "Arn": _arn(made)}
    if sender is not None:
        target["RoleArn"] = Attribute(of=sender.path, name="Arn")
    if made.retry:
        limits: dict[str, Value] = {
            "MaximumRetryAttempts": made.retry.attempts,
            "MaximumEventAgeInSeconds": made.retry.max_age,
        }
        target["RetryPolicy"] = {key: most for key, most in limits.items() if most is not None}
    if made.group is not None:
        target["SqsParameters"] = {"MessageGroupId": "$.detail." + ".".join(made.group)}
    if made.dead_letter:
        target["DeadLetterConfig"] = {"Arn": arn(made.dead_letter)}
    return target


def _arn(made: EventRule) -> Value:
    """Return the ARN of the target; that of a log group without the `:*` at its end."""
    arn = end_arn(made.target)
    if made.edge.delivery.wants_bare_arn:
        service, before = kind_of(made.target).arn
        name = Attribute(of=arn.of, name="Name")
        return Address(service=service, resource=Join(parts=(before, name)))
    return arn
