"""The kinds of things that an inventory has, by their types in CloudFormation."""

from __future__ import annotations

from msgc.record import Record
from msgc.topology.units import DAY, DEFAULT_RETENTION, duration

FOREVER = "forever"


class Keeps(Record):
    """What a kind of thing keeps, and the property that says for how long."""

    what: str
    path: str
    unit: int = DAY
    """Seconds in what the property counts."""
    default: str = FOREVER
    """For how long, where the property isn't there; nothing: it keeps none then."""


class Held(Record):
    """A kind of thing that holds data, or that others know."""

    prefix: str
    """What its key begins with: `queue`."""
    noun: str = ""
    """What findings call it, where that isn't the prefix."""
    name: str = ""
    """The property with its name in AWS, where it has one of msgc's."""
    section: str = ""
    """Where messaging.yaml declares it, or what it is made for."""
    option: str = ""
    """What switches it on in the declaration of what it hangs on: `archive`."""
    hangs_on: tuple[str, ...] = ()
    """Paths of properties that refer to what it is nothing without."""
    options: dict[str, str] = {}  # noqa: RUF012  # records are frozen
    """By property, the option that decides on it."""
    keeps: Keeps | None = None
    refuses: bool = False
    """Whether what its filter refuses is deleted, where it waits in a queue."""
    archived: str = ""
    """What is lost as well if it keeps something, though its kind needn't."""
    holds: str = ""
    """What is lost with it: `{keeps}` is for how long. Empty: it depends, or is nothing."""


KINDS: dict[str, Held] = {
    "AWS::SQS::Queue": Held(
        prefix="queue",
        name="QueueName",
        section="queues",
        option="dead_letter",
        options={"FifoQueue": "fifo", "QueueName": "name"},
        keeps=Keeps(
            what="messages",
            path="MessageRetentionPeriod",
            unit=1,
            default=duration(DEFAULT_RETENTION),
        ),
        holds="its messages of up to {keeps}",
    ),
    "AWS::SNS::Topic": Held(
        prefix="topic",
        name="TopicName",
        section="topics",
        options={"FifoTopic": "fifo", "TopicName": "name"},
        keeps=Keeps(what="messages", path="ArchivePolicy/MessageRetentionPeriod", default=""),
        archived=", and an archive of {keeps}",
        holds="the subscriptions that others made",
    ),
    "AWS::Events::EventBus": Held(
        prefix="bus",
        noun="event bus",
        name="Name",
        section="buses",
        options={"Name": "name"},
        holds="the rules that others put on it",
    ),
    "AWS::Events::Archive": Held(
        prefix="archive",
        section="buses",
        option="archive",
        hangs_on=("SourceArn",),
        keeps=Keeps(what="events", path="RetentionDays"),
        holds="its events of {keeps}",
    ),
    "AWS::SNS::Subscription": Held(
        prefix="subscription",
        section="subscriptions",
        hangs_on=("TopicArn", "Endpoint"),
        options={"TopicArn": "from", "Endpoint": "to", "Protocol": "to", "Region": "from"},
    ),
    "AWS::Events::Rule": Held(
        prefix="subscription",
        section="subscriptions",
        hangs_on=("EventBusName", "Targets/Arn"),
        options={"EventBusName": "from"},
    ),
    "AWS::Pipes::Pipe": Held(
        refuses=True,
        prefix="subscription",
        section="subscriptions",
        hangs_on=("Source", "Target"),
        options={"Source": "from", "StartingPosition": "from.start"},
    ),
    "AWS::Scheduler::Schedule": Held(
        prefix="subscription", section="subscriptions", hangs_on=("Target/Arn",)
    ),
    "AWS::Lambda::EventSourceMapping": Held(
        refuses=True,
        prefix="mapping",
        noun="event source mapping",
        section="consumers",
        hangs_on=("EventSourceArn", "FunctionName"),
        options={"EventSourceArn": "from", "StartingPosition": "from.start"},
    ),
    "AWS::Lambda::Function": Held(
        prefix="function",
        section="consumers",
        holds="the invocations that wait for another try, for up to 6 hours",
    ),
    "AWS::Logs::LogGroup": Held(
        prefix="log_group",
        noun="log group",
        section="consumers",
        option="function",
        keeps=Keeps(what="logs", path="RetentionInDays"),
        holds="its logs of {keeps}",
    ),
    "AWS::SSM::Parameter": Held(
        prefix="parameter", name="Name", hangs_on=("Value",), holds="a name that others read"
    ),
    "AWS::IAM::ManagedPolicy": Held(
        prefix="policy",
        noun="managed policy",
        section="producers",
        holds="the rights of roles that have it",
    ),
    "AWS::EventSchemas::Registry": Held(
        prefix="registry",
        noun="schema registry",
        name="RegistryName",
        section="buses",
        option="schemas",
        holds="the schemas that others read there",
    ),
    "AWS::EventSchemas::Schema": Held(
        prefix="schema",
        section="messages",
        hangs_on=("RegistryName",),
        holds="a schema that others read",
    ),
    "AWS::Events::Connection": Held(prefix="connection", section="subscriptions"),
    "AWS::Events::ApiDestination": Held(
        prefix="api_destination",
        noun="API destination",
        section="subscriptions",
        hangs_on=("ConnectionArn",),
    ),
    "AWS::KMS::Key": Held(
        prefix="key", holds="whatever was encrypted with it, which nobody can read then"
    ),
    "AWS::KMS::Alias": Held(prefix="alias", name="AliasName", hangs_on=("TargetKeyId",)),
    "AWS::S3::Bucket": Held(
        prefix="bucket",
        name="BucketName",
        options={"BucketName": "name"},
        keeps=Keeps(what="objects", path="LifecycleConfiguration/Rules/ExpirationInDays"),
        holds="its large messages of up to {keeps}, to which messages point",
    ),
    "AWS::DynamoDB::Table": Held(prefix="table", name="TableName", holds="its items"),
}
"""Every type that an inventory has; what isn't here holds nothing that anybody would miss."""

CONFIRMED = frozenset({"email", "email-json", "http", "https"})
"""Protocols whose receiver confirms the subscription.

https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
"""
