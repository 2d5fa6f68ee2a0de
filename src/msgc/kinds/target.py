"""Any other target of a rule, a schedule or a pipe, which the user's app hands over."""

from __future__ import annotations

from msgc.kinds.kind import Bound, Cdk, Delivery, Kind, piped
from msgc.kinds.way import Way

TARGET = Kind(
    word="target",
    noun="target",
    ways={
        Way.EVENT_RULE: Delivery(access=Bound(), options=frozenset({"send"})),
        Way.SCHEDULE: Delivery(
            access=Bound(),
            options=frozenset({"send"}),
            cdk=Cdk(
                type="IScheduleTarget",
                module="scheduler",
                interface="IScheduleTarget",
                argument="schedule_target",
            ),
        ),
        **piped(
            Delivery(
                access=Bound(),
                cdk=Cdk(
                    type="PipeTarget",
                    module="pipes",
                    interface="PipeTarget",
                    alias="PipeTarget",
                    argument="pipe_target",
                ),
            )
        ),
    },
    cdk=Cdk(type="IRuleTarget", module="events", interface="IRuleTarget"),
    to="to_target",
)
"""What it needs to be reached (a role, a permission, a statement of a policy) it brings along.

CDK has classes for targets of rules and of schedules. Those of pipes are in a package of their own
that isn't stable, so the kit has one.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_events/IRuleTarget.html
https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_scheduler/IScheduleTarget.html
"""
