# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Schedules of EventBridge Scheduler, each with one target."""

from __future__ import annotations

from typing import Any, Required, TypedDict, Unpack

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs

from .base import ENCRYPT, Base
from .interfaces import Role


class EventHead(TypedDict):
    """What the events on a bus say of themselves."""

    source: str
    detail_type: str


class ScheduleSettings(TypedDict, total=False):
    """What is sent, where to, and when exactly."""

    to: Required[str | scheduler.IScheduleTarget]
    """The target's ARN, or one that says itself how it is reached."""
    role: Role | None
    """With which what has an ARN is reached; dead letters are sent with it, too."""
    input: str | None
    """JSON; unless said, what the target says, or `{}`."""
    event: EventHead | None
    """Of a bus's event."""
    group: str | None
    """The message group, on a FIFO queue."""
    timezone: str | None
    """IANA's name; UTC if it is left out."""
    window: int | None
    """Minutes within which it may fire."""
    start: str | None
    end: str | None
    description: str | None
    state: str | None
    """`DISABLED`."""
    retries: int | None
    max_age: int | None
    """Seconds for which it is tried."""
    dead_letter: sqs.Queue | None


class Schedules(Base):
    """Makes schedules."""

    def schedule(
        self, construct_id: str, expression: str, **settings: Unpack[ScheduleSettings]
    ) -> scheduler.CfnSchedule:
        """Send something at a time: `rate(5 minutes)`, `cron(0 3 * * ? *)`, `at(...)`.

        L1: the L2 makes a role for each target, under an id with a hash in it.
        """
        kind, window = scheduler.CfnSchedule, settings.get("window")
        to = settings["to"]
        return kind(
            self,
            construct_id,
            schedule_expression=expression,
            schedule_expression_timezone=settings.get("timezone"),
            flexible_time_window=kind.FlexibleTimeWindowProperty(
                mode="OFF" if window is None else "FLEXIBLE",
                maximum_window_in_minutes=window,
            ),
            start_date=settings.get("start"),
            end_date=settings.get("end"),
            description=settings.get("description"),
            state=settings.get("state"),
            target=_target(settings, to)
            if isinstance(to, str)
            else self._bound(construct_id, settings, to),
        )

    def _bound(
        self,
        construct_id: str,
        settings: ScheduleSettings,
        to: scheduler.IScheduleTarget,
    ) -> scheduler.CfnSchedule.TargetProperty:
        """Return what a target says itself of how it is reached, and let it send dead letters.

        It is told of a schedule for the scope of what it makes, and for nothing else.
        """
        arn = f"arn:aws:scheduler:::schedule/default/{construct_id}"
        place = scheduler.Schedule.from_schedule_arn(self, f"{construct_id}Place", arn)
        found, dead_letter = to.bind(place), settings.get("dead_letter")
        said: dict[str, Any] = {
            "role_arn": found.role.role_arn,
            "input": "{}" if found.input is None else found.input.bind(place),
            **{key: getattr(found, key) for key in _OF_TARGETS},
        }
        if dead_letter is not None:
            send = {dead_letter.queue_arn: ["sqs:SendMessage"]}
            key = dead_letter.encryption_master_key
            if key is not None:
                send[key.key_arn] = ENCRYPT
            iam.Policy(
                self,
                f"{construct_id}DeadLetters",
                policy_name=f"{self.prefix}{construct_id}{self.suffix}-{Aws.REGION}",
                roles=[found.role],
                statements=[
                    iam.PolicyStatement(actions=actions, resources=[arn])
                    for arn, actions in send.items()
                ],
            )
        return scheduler.CfnSchedule.TargetProperty(
            arn=found.arn, **said | _said(settings)
        )


_OF_TARGETS = (
    "ecs_parameters",
    "event_bridge_parameters",
    "kinesis_parameters",
    "sage_maker_pipeline_parameters",
    "sqs_parameters",
)
"""What CDK's targets and CloudFormation's entry of a schedule call by the same name.

Retry and dead letter are those of the schedule: CDK writes AWS's own defaults into each target.
"""


def _target(
    settings: ScheduleSettings, arn: str
) -> scheduler.CfnSchedule.TargetProperty:
    role = settings.get("role")
    if role is None:
        message = f"{arn} is reached with a role: give the `role` that may"
        raise ValueError(message)
    said = {"input": "{}", **_said(settings)}
    return scheduler.CfnSchedule.TargetProperty(arn=arn, role_arn=role.role_arn, **said)


def _said(settings: ScheduleSettings) -> dict[str, Any]:
    """Return what is said of a target beside how it is reached."""
    kind = scheduler.CfnSchedule
    event, group = settings.get("event"), settings.get("group")
    attempts, age = settings.get("retries"), settings.get("max_age")
    dead_letter = settings.get("dead_letter")
    found = {
        "input": settings.get("input"),
        "event_bridge_parameters": None
        if event is None
        else kind.EventBridgeParametersProperty(
            source=event["source"], detail_type=event["detail_type"]
        ),
        "sqs_parameters": None
        if group is None
        else kind.SqsParametersProperty(message_group_id=group),
        "retry_policy": None
        if attempts is None and age is None
        else kind.RetryPolicyProperty(
            maximum_retry_attempts=attempts, maximum_event_age_in_seconds=age
        ),
        "dead_letter_config": None
        if dead_letter is None
        else kind.DeadLetterConfigProperty(arn=dead_letter.queue_arn),
    }
    return {key: value for key, value in found.items() if value is not None}
