# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Who outside of the service may use its places: AWS services, accounts, organizations, roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, Required, TypedDict, Unpack

from aws_cdk import Aws, Token
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

from .access import RECEIVE, SEND
from .base import Base
from .interfaces import Bus

May = Literal["publish", "subscribe"]

_RULES = [
    "events:DeleteRule",
    "events:DescribeRule",
    "events:DisableRule",
    "events:EnableRule",
    "events:ListTagsForResource",
    "events:ListTargetsByRule",
    "events:PutRule",
    "events:PutTargets",
    "events:RemoveTargets",
    "events:TagResource",
    "events:UntagResource",
]


class Outsider(NamedTuple):
    """Who is let in, and under which conditions."""

    principals: Sequence[iam.PrincipalBase]
    conditions: Mapping[str, Mapping[str, Any]]
    is_service: bool = False


class BusOpening(TypedDict, total=False):
    """Who may put events on a bus, or have rules on it."""

    may: Required[May]
    name: Required[str]
    """The statement's in the policy of the bus."""
    sources: Sequence[str] | None
    """Of events; without, any."""
    types: Sequence[str] | None


def aws_service(
    name: str,
    *,
    source: str | None = None,
    account: str | None = None,
    any_account: bool = False,
) -> Outsider:
    """Return an AWS service that publishes for a source (an ARN) of an account.

    Without an account it is the stack's own; `any_account` is for services that don't tell SNS and
    SQS whose that is.
    """
    conditions: dict[str, dict[str, Any]] = {}
    if source is not None:
        conditions["ArnLike"] = {"aws:SourceArn": source}
    if not any_account:
        owner = Aws.ACCOUNT_ID if account is None else account
        conditions["StringEquals"] = {"aws:SourceAccount": owner}
    return Outsider([iam.ServicePrincipal(name)], conditions, is_service=True)


def accounts(*ids: str) -> Outsider:
    """Return accounts: whoever they let use it."""
    return Outsider([iam.AccountPrincipal(each) for each in ids], {})


def organizations(*ids: str) -> Outsider:
    """Return all accounts of organizations."""
    found = {"StringEquals": {"aws:PrincipalOrgID": _one_or_all(ids)}}
    return Outsider([iam.AnyPrincipal()], found)


def principals(*arns: str, accounts: Sequence[str] = ()) -> Outsider:
    """Return roles and users by their ARNs, perhaps with wildcards, whether they exist or not.

    `accounts` are theirs, where the ARNs have tokens for them.
    """
    found = {"ArnLike": {"aws:PrincipalArn": _one_or_all(arns)}}
    waits = any(Token.is_unresolved(arn) for arn in arns)
    owners = list(accounts)
    if not owners and not waits:
        owners = sorted({arn.split(":")[4] for arn in arns})
    if owners and all(Token.is_unresolved(o) or o.isdecimal() for o in owners):
        return Outsider([iam.AccountPrincipal(owner) for owner in owners], found)
    return Outsider([iam.AnyPrincipal()], found)


class Openings(Base):
    """Opens places to those outside of the service."""

    def open_queue_to(self, queue: sqs.Queue, to: Outsider, *, may: May) -> None:
        """Let somebody outside send to a queue, or receive from it."""
        actions = RECEIVE if may == "subscribe" else SEND
        if to.is_service:
            actions = ["sqs:SendMessage"]
        self._rights.append((to, actions, queue.queue_arn))
        queue.add_to_resource_policy(_statement(to, actions, queue.queue_arn))

    def open_topic_to(
        self, topic: sns.Topic, to: Outsider, *, may: May, endpoint: str | None = None
    ) -> None:
        """Let somebody outside publish to a topic, or subscribe: anything, or one endpoint."""
        actions = ["sns:Subscribe" if may == "subscribe" else "sns:Publish"]
        only = {} if endpoint is None else {"StringEquals": {"sns:Endpoint": endpoint}}
        self._rights.append((to, actions, topic.topic_arn))
        topic.add_to_resource_policy(_statement(to, actions, topic.topic_arn, only))

    def open_bus_to(
        self,
        construct_id: str,
        bus: Bus,
        to: Outsider,
        **settings: Unpack[BusOpening],
    ) -> events.CfnEventBusPolicy:
        """Let somebody outside put events on a bus, or have rules on it.

        Of rules, everybody changes their own only. L1: the L2 names the statement by a hash.
        """
        if settings["may"] == "subscribe":
            creator = {"events:creatorAccount": "${aws:PrincipalAccount}"}
            statement = _statement(
                to, _RULES, self._rules_of(bus), {"StringEqualsIfExists": creator}
            )
        else:
            equal = {
                "events:source": settings.get("sources"),
                "events:detail-type": settings.get("types"),
            }
            given = {key: list(value) for key, value in equal.items() if value}
            statement = _statement(
                to,
                ["events:PutEvents"],
                bus.event_bus_arn,
                {"StringEquals": given} if given else {},
            )
        return events.CfnEventBusPolicy(
            self,
            construct_id,
            event_bus_name=bus.event_bus_name,
            statement_id=settings["name"],
            statement=statement.to_statement_json(),
        )

    def _rules_of(self, bus: Bus) -> str:
        name = bus.event_bus_name
        return self.rule_arn("*" if name == "default" else f"{name}/*")


def _statement(
    to: Outsider,
    actions: Sequence[str],
    arn: str,
    conditions: Mapping[str, Mapping[str, Any]] | None = None,
) -> iam.PolicyStatement:
    joined: dict[str, dict[str, Any]] = {}
    for each in (conditions or {}, to.conditions):
        for operator, keys in each.items():
            joined.setdefault(operator, {}).update(keys)
    return iam.PolicyStatement(
        principals=list(to.principals),
        actions=list(actions),
        resources=[arn],
        conditions=joined,
    )


def _one_or_all(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)
