# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Schedules of EventBridge Scheduler, each with one target."""

from __future__ import annotations

from typing import Required, TypedDict, Unpack

from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs

from .base import Base
from .interfaces import Role


class EventHead(TypedDict):
    """What the events on a bus say of themselves."""

    source: str
    detail_type: str


class ScheduleSettings(TypedDict, total=False):
    """What is sent, where to, and when exactly."""

    to: Required[str]
    """The target's ARN."""
    role: Required[Role]
    """With which it is reached; dead letters are sent with it, too."""
    input: str
    """JSON; `{}` unless said."""
    event: EventHead
    """Of a bus's event."""
    group: str
    """The message group, on a FIFO queue."""
    timezone: str
    """IANA's name; UTC if it is left out."""
    window: int
    """Minutes within which it may fire."""
    start: str
    end: str
    description: str
    state: str
    """`DISABLED`."""
    retries: int
    max_age: int
    """Seconds for which it is tried."""
    dead_letter: sqs.Queue


class Schedules(Base):
    """Makes schedules."""

    def schedule(
        self, construct_id: str, expression: str, **settings: Unpack[ScheduleSettings]
    ) -> scheduler.CfnSchedule:
        """Send something at a time: `rate(5 minutes)`, `cron(0 3 * * ? *)`, `at(...)`.

        L1: the L2 makes a role for each target, under an id with a hash in it.
        """
        kind, window = scheduler.CfnSchedule, settings.get("window")
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
            target=_target(settings),
        )


def _target(settings: ScheduleSettings) -> scheduler.CfnSchedule.TargetProperty:
    kind = scheduler.CfnSchedule
    event, group = settings.get("event"), settings.get("group")
    attempts, age = settings.get("retries"), settings.get("max_age")
    dead_letter = settings.get("dead_letter")
    return kind.TargetProperty(
        arn=settings["to"],
        role_arn=settings["role"].role_arn,
        input=settings.get("input", "{}"),
        event_bridge_parameters=None
        if event is None
        else kind.EventBridgeParametersProperty(
            source=event["source"], detail_type=event["detail_type"]
        ),
        sqs_parameters=None
        if group is None
        else kind.SqsParametersProperty(message_group_id=group),
        retry_policy=None
        if attempts is None and age is None
        else kind.RetryPolicyProperty(
            maximum_retry_attempts=attempts, maximum_event_age_in_seconds=age
        ),
        dead_letter_config=None
        if dead_letter is None
        else kind.DeadLetterConfigProperty(arn=dead_letter.queue_arn),
    )
