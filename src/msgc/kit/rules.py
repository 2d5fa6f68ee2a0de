# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Rules on buses, each with one target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Required, TypedDict, Unpack

from aws_cdk import aws_events as events

from .interfaces import Queue
from .permissions import Permissions
from .queues import Queues
from .targets import RuleTarget
from .text import as_text, has_null

_SERVICE = "events.amazonaws.com"


class RuleSettings(TypedDict, total=False):
    """Which events go where."""

    pattern: Required[Mapping[str, Any]]
    to: Required[RuleTarget]
    description: str
    state: str
    """`DISABLED`, or the state in which read-only CloudTrail events come too."""
    retries: int
    max_age: int
    """Seconds for which it is tried."""
    dead_letter: Queue
    group: str
    """To a FIFO queue: the message group, or the path of it in the event (`$.detail.order_id`)."""


class Rules(Queues, Permissions):
    """Makes rules."""

    def rule(
        self, construct_id: str, bus: str, **settings: Unpack[RuleSettings]
    ) -> events.CfnRule:
        """Send what matches to one target, which lets the rule in already.

        `bus` is a name, or the ARN of another account's bus. L1: the L2's targets write a policy
        statement for each rule into its queues, and know no retry for a bus.
        """
        to, pattern = settings["to"], settings["pattern"]
        group = settings.get("group")
        nulls, dead_letter = has_null(pattern), settings.get("dead_letter")
        made = events.CfnRule(
            self,
            construct_id,
            event_bus_name=bus,
            description=settings.get("description"),
            state=settings.get("state"),
            event_pattern=None if nulls else pattern,
            targets=[
                events.CfnRule.TargetProperty(
                    id="Target",
                    arn=to.address,
                    role_arn=None if to.role is None else to.role.role_arn,
                    retry_policy=_retry(
                        settings.get("retries"), settings.get("max_age")
                    ),
                    sqs_parameters=None
                    if group is None
                    else events.CfnRule.SqsParametersProperty(message_group_id=group),
                    dead_letter_config=None
                    if dead_letter is None
                    else events.CfnRule.DeadLetterConfigProperty(
                        arn=dead_letter.queue_arn
                    ),
                )
            ],
        )
        if nulls:
            made.add_property_override("EventPattern", as_text(pattern))
        if to.function is not None:
            self.permission(
                f"{construct_id}Permission", to.function, _SERVICE, made.attr_arn
            )
        return made

    def route(
        self, construct_id: str, bus: str, **settings: Unpack[RuleSettings]
    ) -> events.CfnRule:
        """Make a rule by hand, and let it send to its queues."""
        made = self.rule(construct_id, bus, **settings)
        for queue in (settings["to"].queue, settings.get("dead_letter")):
            if queue is not None:
                self.let_send(queue, rules=[made])
        return made


def _retry(
    attempts: int | None, age: int | None
) -> events.CfnRule.RetryPolicyProperty | None:
    if attempts is None and age is None:
        return None
    return events.CfnRule.RetryPolicyProperty(
        maximum_retry_attempts=attempts, maximum_event_age_in_seconds=age
    )
