"""Roles with which AWS services send to an end."""

from __future__ import annotations

from msgc.stack.arns import end_arn
from msgc.stack.model import Handle, Resource, Statement
from msgc.stack.policies import allowing, assumed_by
from msgc.stack.values import Path
from msgc.topology.model import Declared, End


def role(  # noqa: PLR0913  # what a role is made of
    *,
    path: Path,
    name: str,
    service: str,
    actions: tuple[str, ...],
    target: End,
    declared: Declared,
) -> Resource:
    """Return a role that a service assumes, which may do something on one end."""
    statement = Statement(actions=actions, resources=(end_arn(target),))
    return Resource(
        path=path,
        type="AWS::IAM::Role",
        properties={
            "AssumeRolePolicyDocument": assumed_by(service),
            "Policies": ({"PolicyName": "Send", "PolicyDocument": allowing([statement])},),
        },
        declared=declared,
        handle=Handle(name=name),
    )
