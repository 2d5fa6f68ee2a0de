# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""What consumers and producers may do, and what rules may write to log groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from aws_cdk import (
    Aws,
    CfnRule,
    CfnRuleAssertion,
    Fn,
    Stack,
    Token,
    aws_logs,  # `logs` is a method
)
from aws_cdk import aws_iam as iam
from aws_cdk.region_info import RegionInfo

from .base import Base
from .interfaces import Bus, Grantee, LogGroup, Queue, Role, Topic

RECEIVE = [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
]
SEND = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"]
_LOG = ["logs:CreateLogStream", "logs:PutLogEvents"]
_JOIN = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
]
"""https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"""
_TRACE = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
_READ_PARAMETERS = ["ssm:GetParameter", "ssm:GetParameters"]

_LOG_WRITERS = ("events.amazonaws.com", "delivery.logs.amazonaws.com")


def named_by_alias(aliases: Sequence[str]) -> dict[str, Any]:
    """Return the condition that a key has one of these aliases."""
    named = {"kms:ResourceAliases": [f"alias/{alias}" for alias in aliases]}
    return {"ForAnyValue:StringEquals": named}


class Access(Base):
    """Grants, and policies for roles elsewhere."""

    def may_receive(self, who: Grantee, *queues: Queue | str) -> None:
        """Let somebody read queues; a text is an ARN."""
        self.grant(who, RECEIVE, [_queue_arn(queue) for queue in queues])

    def may_send(self, who: Grantee, *queues: Queue | str) -> None:
        """Let somebody send to queues; a text is an ARN."""
        self.grant(who, SEND, [_queue_arn(queue) for queue in queues])

    def may_publish(self, who: Grantee, *topics: Topic | str) -> None:
        """Let somebody publish to topics; a text is an ARN."""
        arns = [
            topic if isinstance(topic, str) else topic.topic_arn for topic in topics
        ]
        self.grant(who, ["sns:Publish"], arns)

    def may_put(
        self,
        who: Grantee,
        *buses: Bus | str,
        source: str,
        types: Sequence[str],
    ) -> None:
        """Let somebody put events of a source and these types on buses; a text is an ARN."""
        arns = [bus if isinstance(bus, str) else bus.event_bus_arn for bus in buses]
        equal = {"events:source": source, "events:detail-type": list(types)}
        self.grant(who, ["events:PutEvents"], arns, {"StringEquals": equal})

    def may_trace(self, who: Grantee) -> None:
        """Let somebody send X-Ray traces."""
        self.grant(who, _TRACE, ["*"])

    def may_log(self, who: Grantee, *groups: LogGroup) -> None:
        """Let somebody write to log groups."""
        self.grant(who, _LOG, [group.log_group_arn for group in groups])

    def may_join_networks(self, who: Grantee) -> None:
        """Let a function be in a VPC."""
        self.grant(who, _JOIN, ["*"])

    def may_find(self, who: Grantee, *parameters: str) -> None:
        """Let somebody read Systems Manager parameters, given by their names."""
        arns = [self.parameter_arn(name) for name in parameters]
        self.grant(who, _READ_PARAMETERS, arns)

    def grant(
        self,
        who: Grantee,
        actions: Sequence[str],
        resources: Sequence[str],
        condition: Mapping[str, Any] | None = None,
    ) -> None:
        """Allow actions on resources; `condition` is that of an IAM statement."""
        self._rights += [(who, actions, arn) for arn in resources]
        iam.Grant.add_to_principal(
            grantee=who,
            actions=list(actions),
            resource_arns=list(resources),
            conditions=condition,
        )

    def managed(self, construct_id: str, *, description: str) -> iam.ManagedPolicy:
        """Make a policy for somebody whose role is elsewhere."""
        return iam.ManagedPolicy(self, construct_id, description=description)

    def inline(self, construct_id: str, role: Role, *, name: str) -> iam.Policy:
        """Make a policy of a role that exists.

        IAM's names are the same in all Regions, and a policy replaces another of its name: so the
        Region is added to it.
        """
        return iam.Policy(
            self, construct_id, policy_name=f"{name}-{Aws.REGION}", roles=[role]
        )

    def sender(
        self,
        construct_id: str,
        service: str,
        *may: tuple[Sequence[str], str] | iam.PolicyStatement,
    ) -> iam.Role:
        """Make the role with which a service sends for an edge: actions, each with an ARN."""
        statements = [
            each
            if isinstance(each, iam.PolicyStatement)
            else iam.PolicyStatement(actions=each[0], resources=[each[1]])
            for each in may
        ]
        role = iam.Role(
            self,
            construct_id,
            assumed_by=iam.ServicePrincipal(service),
            inline_policies={"Send": iam.PolicyDocument(statements=statements)},
        )
        self._rights += [
            (role, *each) for each in may if not isinstance(each, iam.PolicyStatement)
        ]
        return role

    def on_key(self, actions: Sequence[str], *aliases: str) -> iam.PolicyStatement:
        """Allow actions on keys of this account by their aliases: on those of other stacks."""
        return iam.PolicyStatement(
            actions=actions,
            resources=[self.arn_of("kms", "key/*")],
            conditions=named_by_alias(aliases),
        )

    def logs(
        self, construct_id: str, *, name: str | None = None, days: int | None = None
    ) -> aws_logs.LogGroup:
        """Make a log group that keeps what is written for so many days, two years if not told."""
        group = aws_logs.LogGroup(
            self, construct_id, log_group_name=name, removal_policy=self.removal
        )
        made = cast("aws_logs.CfnLogGroup", group.node.default_child)
        if days is not None:
            made.retention_in_days = days
        return group

    def let_log(
        self,
        construct_id: str,
        *,
        name: str,
        groups: Sequence[str] = (),
        sources: Sequence[str] = (),
        deliveries: Sequence[str] = (),
    ) -> aws_logs.ResourcePolicy:
        """Let EventBridge write to `groups` for these rules, and what is logged to `deliveries`."""
        statements: list[iam.PolicyStatement] = []
        if groups:
            writers = [iam.ServicePrincipal(service) for service in _LOG_WRITERS]
            create = iam.PolicyStatement(
                principals=writers, actions=["logs:CreateLogStream"], resources=groups
            )
            put = iam.PolicyStatement(
                principals=writers,
                actions=["logs:PutLogEvents"],
                resources=groups,
                conditions={"ArnLike": {"aws:SourceArn": sources}},
            )
            statements += [create, put]
        if deliveries:
            statements.append(self._deliver(deliveries))
        self._log_writers = aws_logs.ResourcePolicy(
            self,
            construct_id,
            resource_policy_name=name,
            policy_statements=statements,
        )
        return self._log_writers

    def _deliver(self, groups: Sequence[str]) -> iam.PolicyStatement:
        stack = Stack.of(self)
        return iam.PolicyStatement(
            principals=[iam.ServicePrincipal("delivery.logs.amazonaws.com")],
            actions=["logs:CreateLogStream", "logs:PutLogEvents"],
            resources=groups,
            conditions={
                "ArnLike": {
                    "aws:SourceArn": stack.format_arn(service="logs", resource="*")
                },
                "StringEquals": {"aws:SourceAccount": stack.account},
            },
        )

    def regional_sns(self) -> list[str]:
        """Return as whom SNS delivers into the stack's Region from others, if that is opt-in.

        Where the stack's Region isn't known yet, it counts as none.
        """
        region = Stack.of(self).region
        opt_in = RegionInfo.get(region).is_opt_in_region
        return [f"sns.{region}.amazonaws.com"] if opt_in else []

    def refuse_other_account(self, construct_id: str, role: Role) -> None:
        """Refuse a role of another account: no policy from here would reach it.

        Where the app doesn't say the stack's account, the template asks CloudFormation, which
        doesn't begin with a stack of which an assertion is wrong. Raises `ValueError`.
        """
        account, here = role.env.account, Stack.of(self).account
        if Token.is_unresolved(account) or account == here:
            return
        message = (
            f"the role {role.role_name} is of account {account}, and this stack is not: "
            "see `msgc explain role-of-another-account`"
        )
        if not Token.is_unresolved(here):
            raise ValueError(message)
        CfnRule(
            self,
            construct_id,
            assertions=[
                CfnRuleAssertion(
                    assert_=Fn.condition_equals(here, account),
                    assert_description=message,
                )
            ],
        )


def _queue_arn(queue: Queue | str) -> str:
    return queue if isinstance(queue, str) else queue.queue_arn
