"""Ordinary CDK code from which a generated stack makes its queues, topics, edges and grants.

A house rule is one override: a subclass of the generated construct overrides a method (`queue`,
`dlq`, `topic`, `function`, ...) and calls it. Methods with one word make a resource of that kind
and decide nothing about access; `subscribe`, `route` and `poll` are for edges by hand, and grant
what they need. Attributes of the generated construct end in their kind (`orders_queue`), so that
no name hides a method.
"""

from .alarms import (
    Alarms,
    AlarmSettings,
    errors,
    failed_deliveries,
    failed_executions,
    failed_invocations,
    oldest_message,
    throttles,
    waiting_messages,
)
from .base import Home
from .buses import Buses, BusSettings, SchemaSettings
from .dashboards import Dashboards
from .destinations import Destinations, by_api_key, by_basic, by_oauth, secret
from .event_pipes import Pipes, PipeSettings, PipeTarget
from .functions import Functions, FunctionSettings, MappingSettings
from .interfaces import (
    Bus,
    Function,
    Grantee,
    Key,
    KinesisStream,
    LogGroup,
    Queue,
    Role,
    Table,
    Topic,
    Vpc,
)
from .keys import Keys
from .openings import (
    BusOpening,
    Openings,
    Outsider,
    accounts,
    aws_service,
    organizations,
    principals,
)
from .overriding import Overrides
from .payloads import PayloadBuckets
from .queues import QueueSettings, after
from .rules import (
    Rules,
    RuleSettings,
    Sent,
    always,
    part_of_event,
    transformed,
)
from .schedules import Schedules, ScheduleSettings
from .streams import StreamMappingSettings, StreamReading, Streams
from .subscriptions import Subscriptions, SubscriptionSettings
from .tables import ClaimTables
from .targets import (
    to_api_destination,
    to_arn,
    to_bus,
    to_email,
    to_email_json,
    to_function,
    to_log_group,
    to_queue,
    to_sms,
    to_target,
    to_topic,
    to_url,
)
from .text import in_json
from .topics import Topics, TopicSettings

__all__ = [
    "AlarmSettings",
    "Bus",
    "BusOpening",
    "BusSettings",
    "Function",
    "FunctionSettings",
    "Grantee",
    "Home",
    "Key",
    "KinesisStream",
    "LogGroup",
    "MappingSettings",
    "Messaging",
    "Outsider",
    "PipeSettings",
    "PipeTarget",
    "Queue",
    "QueueSettings",
    "Role",
    "RuleSettings",
    "ScheduleSettings",
    "SchemaSettings",
    "Sent",
    "StreamMappingSettings",
    "StreamReading",
    "SubscriptionSettings",
    "Table",
    "Topic",
    "TopicSettings",
    "Vpc",
    "accounts",
    "after",
    "always",
    "aws_service",
    "by_api_key",
    "by_basic",
    "by_oauth",
    "errors",
    "failed_deliveries",
    "failed_executions",
    "failed_invocations",
    "in_json",
    "oldest_message",
    "organizations",
    "part_of_event",
    "principals",
    "secret",
    "throttles",
    "to_api_destination",
    "to_arn",
    "to_bus",
    "to_email",
    "to_email_json",
    "to_function",
    "to_log_group",
    "to_queue",
    "to_sms",
    "to_target",
    "to_topic",
    "to_url",
    "transformed",
    "waiting_messages",
]


class Messaging(
    Functions,
    Streams,
    Subscriptions,
    Rules,
    Destinations,
    Schedules,
    Pipes,
    Topics,
    Buses,
    Openings,
    Alarms,
    Dashboards,
    ClaimTables,
    PayloadBuckets,
    Keys,
    Overrides,
):
    """The construct of a service's messaging, with a method for everything in it."""
