"""Rules on buses, each with one target, and what lets them reach it."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.delivery.cloudtrail import EVERYTHING, asks_for_reads
from msgc.delivery.plan import Rule
from msgc.kinds import Role
from msgc.stack.arns import arn, end_arn, outside_path
from msgc.stack.grants import EVENTS
from msgc.stack.model import Handle, Item, Resource
from msgc.stack.roles import role
from msgc.stack.subscriptions import permission
from msgc.stack.values import Address, Attribute, Join, Value, pattern
from msgc.topology import ids, names
from msgc.topology.model import Bus, Consumer, End, Outside, kind_of


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


def _arn(target: End) -> Value:
    if isinstance(target, Outside) and target.kind.is_made:  # without the `:*` of its ARN
        name = Attribute(of=outside_path(target), name="Name")
        service, before = target.kind.arn
        return Address(service=service, resource=Join(parts=(before, name)))
    return end_arn(target)


def _role(made: Rule) -> Resource | None:
    """Return the role that a rule needs for its target, if it does."""
    by_rule = kind_of(made.target).by_rule
    if by_rule is None or not isinstance(by_rule.access, Role):
        return None
    return role(
        path=(ids.rule_role(made.edge),),
        name=names.snake(f"{made.edge.name}-rule-role"),
        service=EVENTS,
        actions=by_rule.access.actions,
        target=made.target,
        declared=made.edge,
    )
