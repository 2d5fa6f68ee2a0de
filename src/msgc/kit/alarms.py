# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Alarms: what CloudWatch counts of queues, topics, functions, rules and pipes."""

from __future__ import annotations

from typing import Required, TypedDict, Unpack

import jsii
from aws_cdk import Duration, Fn, Token
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from aws_cdk import aws_pipes as pipes
from constructs import Construct

from .base import Base
from .interfaces import Function, Queue, Topic


class AlarmSettings(TypedDict, total=False):
    """When there is an alarm, and whom it tells."""

    at_least: Required[float]
    """From which number on, within a minute."""
    description: str | None
    notify: Topic | None
    """A standard topic, which lets CloudWatch publish."""
    ok: bool | None
    """Whether it tells when it is over, too."""


class Alarms(Base):
    """Makes alarms."""

    def alarm(
        self,
        construct_id: str,
        metric: cloudwatch.IMetric,
        **settings: Unpack[AlarmSettings],
    ) -> cloudwatch.Alarm:
        """Make an alarm; where there is no data, there is none."""
        alarm = cloudwatch.Alarm(
            self,
            construct_id,
            metric=metric,
            alarm_description=settings.get("description"),
            threshold=settings["at_least"],
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        if (topic := settings.get("notify")) is not None:
            told = _Told(topic)
            alarm.add_alarm_action(told)
            if settings.get("ok"):
                alarm.add_ok_action(told)
        return alarm


@jsii.implements(cloudwatch.IAlarmAction)
class _Told:
    """A topic that an alarm tells; that of CDK brings half of AWS along."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic

    def bind(
        self, scope: Construct, alarm: cloudwatch.IAlarm
    ) -> cloudwatch.AlarmActionConfig:
        """Return the topic's ARN."""
        del scope, alarm  # which others need
        return cloudwatch.AlarmActionConfig(alarm_action_arn=self._topic.topic_arn)


def oldest_message(queue: Queue) -> cloudwatch.Metric:
    """Return for how many seconds the oldest message of a queue has waited."""
    name = "ApproximateAgeOfOldestMessage"
    return metric("AWS/SQS", name, "Maximum", QueueName=queue.queue_name)


def waiting_messages(queue: Queue) -> cloudwatch.Metric:
    """Return how many messages of a queue wait, without those that somebody has received."""
    name = "ApproximateNumberOfMessagesVisible"
    return metric("AWS/SQS", name, "Maximum", QueueName=queue.queue_name)


def failed_deliveries(topic: Topic) -> cloudwatch.Metric:
    """Return how many messages a topic couldn't deliver; of HTTP endpoints, how many attempts."""
    name = "NumberOfNotificationsFailed"
    return metric("AWS/SNS", name, "Sum", TopicName=topic.topic_name)


def failed_invocations(
    rule: events.CfnRule, bus: str | None = None
) -> cloudwatch.Metric:
    """Return how many invocations of its targets a rule has given up.

    `bus` is the name of its bus, if that isn't the account's default one. A partner's has slashes
    in it.
    """
    return metric("AWS/Events", "FailedInvocations", "Sum", **of_rule(rule, bus))


def of_rule(rule: events.CfnRule, bus: str | None) -> dict[str, str]:
    """Return the dimensions of what CloudWatch counts for a rule.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    """
    slashes = 0 if bus is None or Token.is_unresolved(bus) else bus.count("/")
    parts = Fn.split("/", rule.attr_arn)
    name = Fn.select(1 if bus is None else 2 + slashes, parts)
    on = {} if bus is None else {"EventBusName": bus}
    return {**on, "RuleName": name}


def failed_executions(pipe: pipes.CfnPipe) -> cloudwatch.Metric:
    """Return how many executions of a pipe failed."""
    name = "ExecutionFailed"
    return metric("AWS/EventBridge/Pipes", name, "Sum", PipeName=pipe.ref)


def errors(function: Function) -> cloudwatch.Metric:
    """Return how many invocations of a function failed."""
    return metric("AWS/Lambda", "Errors", "Sum", FunctionName=function.function_name)


def throttles(function: Function) -> cloudwatch.Metric:
    """Return how many invocations of a function were throttled."""
    name = "Throttles"
    return metric("AWS/Lambda", name, "Sum", FunctionName=function.function_name)


def metric(
    namespace: str, name: str, statistic: str, **dimensions: str
) -> cloudwatch.Metric:
    """Return what CloudWatch counts within a minute, the shortest time for AWS's services."""
    return cloudwatch.Metric(
        namespace=namespace,
        metric_name=name,
        dimensions_map=dimensions,
        statistic=statistic,
        period=Duration.minutes(1),
    )
