"""The permissions and roles with which edges deliver, made from grants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from msgc.stack.arns import right_arn
from msgc.stack.iam.by_alias import by_alias
from msgc.stack.iam.grant import ACTIONS, Grant
from msgc.stack.iam.policy_documents import allowing, assumed_by
from msgc.stack.model import Handle, Resource, Statement
from msgc.stack.values import Path, Value
from msgc.topology import ids
from msgc.topology.ends import Bus, Consumer, End, Outside, Queue, Topic
from msgc.topology.origins import Stream
from msgc.topology.settings import ClaimTable, GivenFunction, Key, PayloadBucket


def permissions(
    granted: Iterable[Grant], delivery: str, source: Value, *, by: str
) -> tuple[Resource, ...]:
    """Return what lets an edge invoke its function: one for each name of the service.

    `delivery` is what their ids begin with, `source` what is delivered for, and `by` the id of the
    subscription or rule that they are made with.
    """
    invoked = [
        (grant.who, grant.on, grant.by)
        for grant in granted
        if grant.may == "invoke" and not isinstance(grant.on, str)
    ]
    return tuple(
        Resource(
            path=(ids.permission(delivery, regional=i > 0),),
            type="AWS::Lambda::Permission",
            properties={
                "Action": ACTIONS["invoke"][0],
                "FunctionName": granted_arn(function),
                "Principal": str(service),
                "SourceArn": source,
            },
            declared=declared,
            by=(by,),
        )
        for i, (service, function, declared) in enumerate(invoked)
    )


def role(granted: Iterable[Grant], path: Path, name: str, service: str) -> Resource | None:
    """Return the role that a service assumes for an edge, if the edge has rights of its own."""
    own = [grant for grant in granted if grant.who is grant.edge]
    if not own:
        return None
    statements = statements_of(own)
    return Resource(
        path=path,
        type="AWS::IAM::Role",
        properties={
            "AssumeRolePolicyDocument": assumed_by(service),
            "Policies": ({"PolicyName": "Send", "PolicyDocument": allowing(statements)},),
        },
        declared=own[0].by,
        handle=Handle(name=name),
    )


def statements_of(granted: Iterable[Grant]) -> tuple[Statement, ...]:
    """Return what the role of an edge may do: a statement for each of the edge's own rights."""
    return tuple(
        _statement(grant, grant.on)
        for grant in granted
        if grant.who is grant.edge and not isinstance(grant.on, str)
    )


def _statement(
    grant: Grant, on: End | Stream | GivenFunction | ClaimTable | PayloadBucket | Key
) -> Statement:
    if grant.abroad:
        match on:
            case Key():
                return by_alias(grant.may, [on])
            case (
                Queue() | Topic() | Bus() | Consumer() | Outside() | Stream() | GivenFunction()
                | ClaimTable() | PayloadBucket()
            ):  # fmt: skip
                raise AssertionError(grant)  # these have names
            case _:
                assert_never(on)
    return Statement(actions=grant.actions or ACTIONS[grant.may], resources=(granted_arn(on),))


def granted_arn(on: End | Stream | GivenFunction | ClaimTable | PayloadBucket | Key) -> Value:
    """Return the ARN of what an edge has a right on."""
    match on:
        case ClaimTable() | PayloadBucket():
            raise AssertionError(on)  # consumers use it, no edge
        case (
            Queue() | Topic() | Bus() | Consumer() | Outside() | Stream() | GivenFunction() | Key()
        ):  # fmt: skip
            return right_arn(on)
        case _:
            assert_never(on)
