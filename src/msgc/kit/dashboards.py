# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Dashboards: graphs of what CloudWatch counts for a service, in the order of its flows."""

from __future__ import annotations

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from aws_cdk import aws_pipes as pipes

from .alarms import metric, of_rule
from .base import Base
from .interfaces import Function, Queue, Topic

_WIDTH = 24
"""Columns of a dashboard."""
_Counted = tuple[tuple[str, str, str], ...]
"""What a graph is called, and of which metric it is with which statistic."""

_OF_TOPICS: _Counted = (
    ("published", "NumberOfMessagesPublished", "Sum"),
    ("delivered", "NumberOfNotificationsDelivered", "Sum"),
    ("not delivered", "NumberOfNotificationsFailed", "Sum"),
)
_OF_RULES: _Counted = (
    ("events matched", "TriggeredRules", "Sum"),
    ("targets called", "Invocations", "Sum"),
    ("given up", "FailedInvocations", "Sum"),
    ("throttled", "ThrottledRules", "Sum"),
)
_OF_QUEUES: _Counted = (
    ("messages waiting", "ApproximateNumberOfMessagesVisible", "Maximum"),
    ("age of the oldest message", "ApproximateAgeOfOldestMessage", "Maximum"),
    ("messages in flight", "ApproximateNumberOfMessagesNotVisible", "Maximum"),
)
_OF_DEAD_LETTERS = _OF_QUEUES[:2]
_OF_FUNCTIONS: _Counted = (
    ("invocations", "Invocations", "Sum"),
    ("errors", "Errors", "Sum"),
    ("duration", "Duration", "Maximum"),
    ("throttles", "Throttles", "Sum"),
)
_OF_STREAMS: _Counted = (("age of the last record", "IteratorAge", "Maximum"),)
_OF_PIPES: _Counted = (
    ("invocations", "Invocations", "Sum"),
    ("failed", "ExecutionFailed", "Sum"),
    ("duration", "Duration", "Maximum"),
    ("throttled", "ExecutionThrottled", "Sum"),
)
_OF_SCHEDULES: _Counted = (
    ("attempts", "InvocationAttemptCount", "Sum"),
    ("errors of targets", "TargetErrorCount", "Sum"),
    ("given up", "InvocationDroppedCount", "Sum"),
)


class Dashboards(Base):
    """Makes dashboards."""

    def dashboard(
        self, construct_id: str, *rows: list[cloudwatch.IWidget], name: str
    ) -> cloudwatch.Dashboard:
        """Make a dashboard, with a row for each list of widgets."""
        return cloudwatch.Dashboard(
            self, construct_id, dashboard_name=name, widgets=list(rows)
        )

    def states_of_alarms(self, *alarms: cloudwatch.Alarm) -> list[cloudwatch.IWidget]:
        """Show which alarms are raised."""
        return [
            cloudwatch.AlarmStatusWidget(
                title="Alarms", alarms=list(alarms), width=_WIDTH, height=3
            )
        ]

    def graphs_of_topics(self, *topics: Topic) -> list[cloudwatch.IWidget]:
        """Show what topics publish, and whether it arrives."""
        named = [{"TopicName": each.topic_name} for each in topics]
        return _graphs("Topics", "AWS/SNS", _OF_TOPICS, named)

    def graphs_of_rules(
        self, *rules: events.CfnRule, bus: str | None = None
    ) -> list[cloudwatch.IWidget]:
        """Show what the rules on a bus match, and whether it arrives.

        `bus` is its name, if it isn't the account's default one.
        """
        named = [of_rule(each, bus) for each in rules]
        return _graphs("Rules", "AWS/Events", _OF_RULES, named)

    def graphs_of_queues(self, *queues: Queue) -> list[cloudwatch.IWidget]:
        """Show how many messages are in queues, and how long they have waited."""
        named = [{"QueueName": each.queue_name} for each in queues]
        return _graphs("Queues", "AWS/SQS", _OF_QUEUES, named)

    def graphs_of_dead_letters(self, *queues: Queue) -> list[cloudwatch.IWidget]:
        """Show how many messages have failed, and are in queues until somebody looks."""
        named = [{"QueueName": each.queue_name} for each in queues]
        return _graphs("Dead letters", "AWS/SQS", _OF_DEAD_LETTERS, named)

    def graphs_of_functions(self, *functions: Function) -> list[cloudwatch.IWidget]:
        """Show how often functions run, how long, and whether they fail."""
        named = [{"FunctionName": each.function_name} for each in functions]
        return _graphs("Functions", "AWS/Lambda", _OF_FUNCTIONS, named)

    def graphs_of_streams(self, *functions: Function) -> list[cloudwatch.IWidget]:
        """Show how far functions are behind the streams that they read."""
        named = [{"FunctionName": each.function_name} for each in functions]
        return _graphs("Streams", "AWS/Lambda", _OF_STREAMS, named)

    def graphs_of_pipes(self, *made: pipes.CfnPipe) -> list[cloudwatch.IWidget]:
        """Show how often pipes run, how long, and whether they fail."""
        named = [{"PipeName": each.ref} for each in made]
        return _graphs("Pipes", "AWS/EventBridge/Pipes", _OF_PIPES, named)

    def graphs_of_schedules(self) -> list[cloudwatch.IWidget]:
        """Show what becomes of schedules, of all that are in this account's default group.

        CloudWatch counts by group only:
        https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html
        """
        title, named = "All schedules of the account", {"ScheduleGroup": "default"}
        return _graphs(title, "AWS/Scheduler", _OF_SCHEDULES, [named])


def _graphs(
    title: str, namespace: str, counted: _Counted, named: list[dict[str, str]]
) -> list[cloudwatch.IWidget]:
    """Return a graph for each metric, with a line for each of these dimensions."""
    return [
        cloudwatch.GraphWidget(
            title=f"{title}: {what}",
            left=[metric(namespace, name, statistic, **each) for each in named],
            width=_WIDTH // len(counted),
        )
        for what, name, statistic in counted
    ]
