"""AWS's limits on a whole stack: a table of counts and sizes, each with its source.

What follows from one option alone has its range in `lint.limits.ranges` or in the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgc.lint.limits import totals
from msgc.lint.limits.dashboard_totals import dashboards
from msgc.lint.limits.template_totals import templates
from msgc.lint.limits.totals import Total
from msgc.record import Record
from msgc.stack import Stack
from msgc.stack.deployed import LONGEST_REGION, SHORTEST_REGION, Deployed


class Limit(Record):
    """One thing that AWS limits, and what to do about it."""

    totals: Callable[[Stack], Iterator[Total]]
    most: int
    unit: str
    service: str
    adjustable: bool
    """Whether AWS raises it when asked: then it is a quota."""
    remedy: str
    source: str
    near: int | None = None
    """From where on it is time to know, if there is more to do about it then than at the limit."""
    is_of_one_stack: bool = False
    """Whether a service with more stacks has more of it."""


LIMITS = (
    Limit(
        totals=totals.environments, most=4096, unit="bytes", service="Lambda",
        adjustable=False,
        remedy="put what is large into a file beside the code or into Parameter Store, or divide"
        " the consumer",
        source="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    ),
    Limit(
        totals=totals.queue_policies, most=8192, unit="bytes", service="SQS",
        adjustable=False,
        remedy="divide the sources among several queues; of what can't be delivered, name another"
        " queue for some of the subscriptions: `dead_letter: {queue: lost-orders}`",
        source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html",
    ),
    Limit(
        totals=totals.queue_statements, most=20, unit="statements", service="SQS",
        adjustable=False,
        remedy="let an organization in, not each of its accounts, or divide the producers among"
        " several queues",
        source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html",
    ),
    Limit(
        totals=totals.topic_policies, most=30_720, unit="bytes", service="SNS",
        adjustable=False,
        remedy="let an organization in, not each of its accounts, or divide the producers among"
        " several topics",
        source="https://docs.aws.amazon.com/general/latest/gr/sns.html",
    ),
    Limit(
        totals=totals.bus_policies, most=10_240, unit="bytes", service="EventBridge",
        adjustable=False,
        remedy="let an organization in, not each of its accounts, or divide the producers among"
        " several buses",
        source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-eventbuspolicy.html",
    ),
    Limit(
        totals=totals.key_policies, most=32_768, unit="bytes", service="KMS",
        adjustable=False,
        remedy="divide what it encrypts among several keys: `{key: {managed: name}}`",
        source="https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html",
    ),
    Limit(
        totals=totals.function_policies, most=20_480, unit="characters", service="Lambda",
        adjustable=False,
        remedy="put a queue in between, or divide the consumer",
        source="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    ),
    Limit(
        totals=totals.managed_policies, most=6144, unit="characters", service="IAM",
        adjustable=False,
        remedy="divide the producer, or hand over its role: `role: provided` (10,240 characters)",
        source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    ),
    Limit(
        totals=totals.inline_policies, most=10_240, unit="characters", service="IAM",
        adjustable=False,
        remedy="publish to fewer places, or divide it in two with a role each",
        source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    ),
    Limit(
        totals=totals.parameters, most=200, unit="parameters", service="CloudFormation",
        adjustable=False,
        remedy="import some of them by `arn`, or divide the service",
        source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
    ),
    Limit(
        totals=templates, most=1_000_000, unit="bytes", service="CloudFormation",
        adjustable=False, near=800_000, is_of_one_stack=True,
        remedy="let some of it lie in another stack: `stacks`",
        source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
    ),
    Limit(
        totals=totals.schemas, most=100_000, unit="characters", service="EventBridge",
        adjustable=False,
        remedy="divide the message, or take `schemas` away from the bus",
        source="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
    ),
    Limit(
        totals=dashboards, most=2500, unit="metrics", service="CloudWatch",
        adjustable=False,
        remedy="take `dashboard` away, or divide the service",
        source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html",
    ),
    Limit(
        totals=totals.few_subscriptions, most=100, unit="subscriptions", service="SNS",
        adjustable=False,
        remedy="subscribe a bus or a second topic in between, or take a standard topic of 256KiB",
        source="https://docs.aws.amazon.com/general/latest/gr/sns.html",
    ),
    Limit(
        totals=totals.filter_policies, most=200, unit="filter policies", service="SNS",
        adjustable=True,
        remedy="ask AWS for a higher quota, or use a bus",
        source="https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html",
    ),
    Limit(
        totals=totals.event_rules, most=300, unit="rules", service="EventBridge",
        adjustable=True,
        remedy="ask AWS for a higher quota, or divide the events among several buses",
        source="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
    ),
)  # fmt: skip


class Measured(Record):
    """How much there is of what is limited, in every Region or only in those with a long name."""

    limit: Limit
    total: Total
    at_least: int
    """In the Region with the shortest name."""
    at_most: int
    """In the Region with the longest name."""

    @property
    def is_over(self) -> bool:
        """Whether it is over the limit, at least where the Region's name is long."""
        return self.at_most > self.limit.most


def measured(stack: Stack, *, of_one_stack: bool) -> Iterator[Measured]:
    """Yield what is over its limit, or near it, in the order of the table.

    Without `of_one_stack`, what the limits of a single CloudFormation stack are isn't looked at.
    """
    longest, shortest = Deployed(stack, LONGEST_REGION), Deployed(stack, SHORTEST_REGION)
    for limit in LIMITS:
        if limit.is_of_one_stack and not of_one_stack:
            continue
        for total in limit.totals(stack):
            if total.is_surely_within:
                continue
            at_most = total.of(longest)
            if at_most > (limit.most if limit.near is None else limit.near):
                at_least = total.of(shortest)
                yield Measured(limit=limit, total=total, at_least=at_least, at_most=at_most)
