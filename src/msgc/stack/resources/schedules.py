"""Plan schedules, and the role with which EventBridge Scheduler sends for each.

L1, as rules are: the L2 makes a role for each target under an id with a hash in it, which can't be
predicted, and says neither the group of a standard queue nor another role for dead letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.mechanisms import ScheduledSend
from msgc.stack.arns import arn, end_arn, end_handle, target_id
from msgc.stack.iam.deliveries import role, statements_of
from msgc.stack.iam.grant import SCHEDULER, Grant
from msgc.stack.iam.policy_documents import allowing
from msgc.stack.model import Handle, Item, Resource
from msgc.stack.values import Attribute, Join, Pseudo, Value, json_text
from msgc.topology import ids, names
from msgc.topology.deferred import deferred
from msgc.topology.model import Topology


def schedule(made: ScheduledSend, granted: tuple[Grant, ...], topology: Topology) -> Iterator[Item]:
    """Yield a schedule, and before it its role, if its target doesn't bring one along."""
    edge, timed = made.edge, made.schedule
    identifier, handle = ids.schedule(edge), names.snake(f"{edge.name}-schedule")
    if edge.index is not None:  # a list of targets is a schedule for each
        identifier = f"{identifier}To{target_id(made.target)}"
        handle = f"{handle}_to_{end_handle(made.target)}"
    by: Attribute = Attribute(of=end_arn(made.target).of, name="Role")
    if any(grant.may == "deliver" for grant in granted):
        sender = role(granted, (f"{identifier}Role",), f"{handle}_role", SCHEDULER)
        assert sender is not None, edge  # noqa: S101  # something is granted
        yield sender
        by = Attribute(of=sender.path, name="Arn")
    properties: dict[str, Value] = {
        "ScheduleExpression": timed.expression,
        "FlexibleTimeWindow": _window(timed.window),
        "Target": _target(made, by),
    }
    options: dict[str, str | None] = {
        "ScheduleExpressionTimezone": timed.timezone,
        "StartDate": timed.start,
        "EndDate": timed.end,
        "Description": edge.description[:512] or None,
        "State": None if edge.enabled else "DISABLED",
    }
    properties |= {name: value for name, value in options.items() if value is not None}
    yield Resource(
        path=(identifier,),
        type="AWS::Scheduler::Schedule",
        properties=properties,
        declared=edge,
        handle=Handle(name=handle, description=edge.description),
    )
    if made.dead_letter is not None and by.name == "Role":
        yield _discards(made, granted, identifier, by, topology)


def _discards(
    made: ScheduledSend,
    granted: tuple[Grant, ...],
    identifier: str,
    role: Attribute,
    topology: Topology,
) -> Resource:
    """Return what lets the role of a target that is handed over send dead letters, too.

    It is the schedule's own: the role may be of another stack, which can't depend on this one. Its
    name has the Region in it, as IAM's names are the same in all of them.
    """
    name = f"{ids.logical_id(topology.built_as, identifier)}{topology.suffix}-"
    statements = statements_of(granted)
    return Resource(
        path=(f"{identifier}DeadLetters",),
        type="AWS::IAM::Policy",
        properties={
            "PolicyName": Join(parts=(name, Pseudo(name="AWS::Region"))),
            "PolicyDocument": allowing(statements),
            "Roles": (Attribute(of=role.of, name="RoleName"),),
        },
        declared=made.edge,
        by=(identifier,),
    )


def _window(minutes: int | None) -> dict[str, Value]:
    if minutes is None:
        return {"Mode": "OFF"}
    return {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": minutes}


def _target(made: ScheduledSend, role: Attribute) -> dict[str, Value]:
    target: dict[str, Value] = {
        "Arn": end_arn(made.target),
        "RoleArn": role,
        "Input": json_text(deferred(made.input)),
    }
    if made.head is not None:
        target["EventBridgeParameters"] = {
            "DetailType": made.head.type,
            "Source": made.head.source,
        }
    if made.group is not None:
        target["SqsParameters"] = {"MessageGroupId": made.group}
    if made.retry is not None:
        limits: dict[str, Value] = {
            "MaximumRetryAttempts": made.retry.attempts,
            "MaximumEventAgeInSeconds": made.retry.max_age,
        }
        target["RetryPolicy"] = {key: most for key, most in limits.items() if most is not None}
    if made.dead_letter is not None:
        target["DeadLetterConfig"] = {"Arn": arn(made.dead_letter)}
    return target
