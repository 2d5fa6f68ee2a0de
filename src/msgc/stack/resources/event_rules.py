"""Plan event rules with their targets, and what lets them reach these."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.filtering.cloudtrail import EVERYTHING, asks_for_reads
from msgc.links.mechanisms import EventRule
from msgc.record import Record
from msgc.sending.transformers import Transformer
from msgc.stack.arns import arn, end_arn, end_handle, name_of, target_id
from msgc.stack.iam.access import Access
from msgc.stack.iam.deliveries import permissions, role
from msgc.stack.iam.grant import EVENTS
from msgc.stack.model import Handle, Item, Resource
from msgc.stack.resources.destinations import http_parameters
from msgc.stack.values import Address, Attribute, Join, Value, json_text, pattern
from msgc.topology import ids, names
from msgc.topology.deferred import deferred
from msgc.topology.ends import Bus
from msgc.topology.narrowing import as_outside, kind_of

ALONE = "Target"
"""The id of a rule's only target."""
_LONGEST = 64
"""https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html"""


class _Target(Record):
    """A target of a rule as its resource has it."""

    id: str
    properties: dict[str, Value]
    before: tuple[Resource, ...]
    """The role with which it is reached."""
    after: tuple[Resource, ...]
    """The permissions of its function."""


def event_rule(rule: tuple[EventRule, ...], access: Access) -> Iterator[Item]:
    """Yield a rule, before it the roles that it needs, behind it the permissions that it gets."""
    made, edge = rule[0], rule[0].edge
    targets = sorted((_target(each, access) for each in rule), key=lambda target: target.id)
    for target in targets:
        yield from target.before
    yield Resource(
        path=(made.construct_id,),
        type="AWS::Events::Rule",
        properties=rule_properties(made, tuple(target.properties for target in targets)),
        declared=edge,
        handle=Handle(name=_handle(made), description=edge.description),
    )
    for target in targets:
        yield from target.after


def rule_properties(made: EventRule, targets: tuple[Value, ...]) -> dict[str, Value]:
    """Return the properties of the rule of one of its targets."""
    properties: dict[str, Value] = {
        "EventBusName": _bus(made.bus),
        "EventPattern": pattern(made.pattern),
        "Targets": targets,
    }
    if made.edge.description:
        properties["Description"] = made.edge.description[:512]
    state = _state(made)
    if state is not None:
        properties["State"] = state
    return properties


def target_properties(made: EventRule, access: Access) -> dict[str, Value]:
    """Return what a rule says of one of its targets."""
    return _target(made, access).properties


def _handle(made: EventRule) -> str:
    return names.snake(f"{made.edge.name}-rule")


def _bus(bus: Bus) -> Value:
    """Return a bus's name, or the ARN that another account's bus needs."""
    found = bus.is_default or name_of(bus) is not None
    return Attribute(of=(ids.place(bus),), name="Name" if found else "Arn")


def _state(made: EventRule) -> str | None:
    if not made.edge.enabled:
        return "DISABLED"
    return EVERYTHING if asks_for_reads(made.pattern) else None


def _target(made: EventRule, access: Access) -> _Target:
    granted, edge = access.deliveries.get(made, ()), made.edge
    identifier, handle = ALONE, _handle(made)
    if edge.index is not None:
        identifier = shortened(target_id(made.target))
        handle = f"{handle}_to_{end_handle(made.target)}"
    delivery = ids.delivery(edge, identifier)
    sender = role(granted, (f"{delivery}Role",), f"{handle}_role", EVENTS)
    properties: dict[str, Value] = {"Id": identifier, "Arn": _arn(made)}
    if sender is not None:
        properties["RoleArn"] = Attribute(of=sender.path, name="Arn")
    if made.transformer is not None:
        properties |= _transformed(made.transformer)
    outside = as_outside(made.target)
    if outside is not None and outside.http is not None:
        properties |= http_parameters(outside.http)
    if made.retry:
        limits: dict[str, Value] = {
            "MaximumRetryAttempts": made.retry.attempts,
            "MaximumEventAgeInSeconds": made.retry.max_age,
        }
        properties["RetryPolicy"] = {key: most for key, most in limits.items() if most is not None}
    if made.group is not None:
        properties["SqsParameters"] = {"MessageGroupId": "$.detail." + ".".join(made.group)}
    if made.dead_letter:
        properties["DeadLetterConfig"] = {"Arn": arn(made.dead_letter)}
    source = Attribute(of=(made.construct_id,), name="Arn")
    return _Target(
        id=identifier,
        properties=properties,
        before=() if sender is None else (sender,),
        after=permissions(granted, delivery, source, by=made.construct_id),
    )


def shortened(construct: str) -> str:
    """Return the id of a target in a list, which comes from what it is: `ArchiveQueue`."""
    if len(construct) <= _LONGEST:
        return construct
    digest = names.digest(construct)
    return f"{construct[: _LONGEST - len(digest)]}{digest}"


def _transformed(made: Transformer) -> dict[str, Value]:
    """Return what a target gets in place of the event."""
    if made.constant is not None:
        return {"Input": json_text(deferred(made.constant))}
    if made.part is not None:
        return {"InputPath": made.part}
    paths: dict[str, Value] = {**made.paths}
    template: dict[str, Value] = {"InputTemplate": json_text(deferred(made.template))}
    return {"InputTransformer": {"InputPathsMap": paths, **template} if paths else template}


def _arn(made: EventRule) -> Value:
    """Return the ARN of the target; that of a log group without the `:*` at its end."""
    arn = end_arn(made.target)
    if made.edge.delivery.wants_bare_arn:
        service, before = kind_of(made.target).arn
        name = Attribute(of=arn.of, name="Name")
        return Address(service=service, resource=Join(parts=(before, name)))
    return arn
