"""The Python attributes, types and values by which a stack's data is referred to."""

from __future__ import annotations

from typing import assert_never

from msgc.emit.cdk.expressions import Call, listing, mapping, new
from msgc.emit.cdk.module_writer import ModuleWriter
from msgc.emit.python_writer import Inserted, f_string, scalar, string
from msgc.kinds import BUS, CONSUMER, HTTPS, KINDS, KINESIS, QUEUE, TABLE, TOPIC
from msgc.record import Record
from msgc.stack.model import Existing, Resource, Stack
from msgc.stack.values import (
    Address,
    Asset,
    Attribute,
    Input,
    Join,
    Json,
    Path,
    Pseudo,
    QueueUrl,
    Value,
    behind,
)


class Type(Record):
    """A type of resource in CDK: where its classes are, and what they call its attributes."""

    module: str
    made: str
    """The class of one that the stack makes."""
    interface: str = ""
    """That of one which exists."""
    importer: str = ""
    """The class method that finds one by its ARN."""
    named: str = ""
    """The class method that finds one of this account and Region by its name, if there is one."""
    alias: str = ""
    """The kit's name for interface and class together: what an app may hand over."""
    finder: str = ""
    """The kit's method in place of `importer`, where it does more."""
    takes_tokens: bool = True
    """Whether `importer` takes an ARN that is known when the stack is deployed."""
    arn: tuple[str, str] = ("", "")
    """Of its ARN the service, and what stands before the name."""
    attributes: dict[str, str] = {}  # noqa: RUF012  # records are frozen


TYPES = {
    "AWS::CloudWatch::Alarm": Type(module="cloudwatch", made="Alarm"),
    "AWS::CloudWatch::Dashboard": Type(module="cloudwatch", made="Dashboard"),
    "AWS::EC2::SecurityGroup": Type(module="ec2", made="SecurityGroup"),
    "AWS::EC2::VPC": Type(module="ec2", made="Vpc", interface="IVpc", alias="Vpc"),
    "AWS::Events::Archive": Type(module="events", made="CfnArchive"),
    "AWS::Events::Connection": Type(
        module="events", made="Connection", interface="IConnectionRef",
        importer="CfnConnection.from_connection_arn", takes_tokens=False,
        attributes={"Arn": "connection_ref.connection_arn"},
    ),
    "AWS::Events::EventBus": Type(
        module="events", made="EventBus", interface="IEventBus",
        importer="EventBus.from_event_bus_arn", named="EventBus.from_event_bus_name",
        alias="Bus", arn=BUS.arn,
        attributes={"Arn": "event_bus_arn", "Name": "event_bus_name"},
    ),
    "AWS::Logs::DeliveryDestination": Type(
        module="logs", made="CfnDeliveryDestination", attributes={"Arn": "attr_arn"}
    ),
    "AWS::EventSchemas::Registry": Type(
        module="eventschemas", made="CfnRegistry", attributes={"Name": "attr_registry_name"}
    ),
    "AWS::Events::Rule": Type(module="events", made="CfnRule", attributes={"Arn": "attr_arn"}),
    "AWS::IAM::ManagedPolicy": Type(
        module="iam", made="ManagedPolicy", attributes={"Arn": "managed_policy_arn"}
    ),
    "AWS::IAM::Policy": Type(module="iam", made="Policy"),
    "AWS::IAM::Role": Type(
        module="iam", made="Role", interface="IRole", importer="Role.from_role_arn", alias="Role",
        attributes={"Arn": "role_arn"},
    ),
    "AWS::KMS::Key": Type(
        module="kms", made="Key", interface="IKey", importer="Key.from_key_arn", alias="Key",
        finder="found_key",
        arn=("kms", "key/"), attributes={"Arn": "key_arn"},
    ),
    "AWS::Lambda::EventSourceMapping": Type(module="lambda", made="CfnEventSourceMapping"),
    "AWS::Lambda::Function": Type(
        module="lambda", made="Function", interface="IFunction",
        importer="Function.from_function_arn", alias="Function",
        attributes={"Arn": "function_arn", "Name": "function_name"},
    ),
    "AWS::Pipes::Pipe": Type(module="pipes", made="CfnPipe"),
    "AWS::S3::Bucket": Type(
        module="s3", made="Bucket", interface="IBucket", alias="Bucket",
        attributes={"Arn": "bucket_arn", "Name": "bucket_name"},
    ),
    "AWS::Scheduler::Schedule": Type(module="scheduler", made="CfnSchedule"),
    "AWS::SNS::Subscription": Type(module="sns", made="CfnSubscription"),
    "AWS::SNS::Topic": Type(
        module="sns", made="Topic", interface="ITopic", importer="Topic.from_topic_arn",
        alias="Topic", arn=TOPIC.arn,
        attributes={"Arn": "topic_arn", "Name": "topic_name"},
    ),
    "AWS::SQS::Queue": Type(
        module="sqs", made="Queue", interface="IQueue", importer="Queue.from_queue_arn",
        alias="Queue", arn=QUEUE.arn,
        attributes={"Arn": "queue_arn", "Name": "queue_name", "Url": "queue_url"},
    ),
}  # fmt: skip

TYPES |= {
    cdk.type: Type(
        module=cdk.module,
        made=cdk.made or cdk.interface.removeprefix("I"),
        interface=cdk.interface,
        importer=cdk.importer,
        alias=cdk.alias,
        takes_tokens=cdk.takes_tokens,
        arn=kind.arn,
        attributes={"Arn": cdk.arn, "Name": cdk.name},
    )
    for kind in KINDS.values()
    for cdk in kind.types
}

TYPES |= {
    found.type: Type(
        module=found.module,
        made=found.interface.removeprefix("I"),
        interface=found.interface,
        alias=found.alias,
        attributes={"Arn": "stream_of" if found is TABLE else found.arn, "Name": found.name},
    )
    for found in (TABLE, KINESIS)
}

_METHODS = frozenset({"stream_of"})
"""Attributes that the kit finds: a table may have no stream."""

TARGETS = {
    "AWS::SQS::Queue": QUEUE.to,
    "AWS::Lambda::Function": CONSUMER.to,
    "AWS::SNS::Topic": TOPIC.to,
    "AWS::Events::EventBus": BUS.to,
    **{cdk.type: kind.to for kind in KINDS.values() for cdk in kind.types},
}
"""By type the kit's function for a target."""

ANY = "to_arn"
"""That for kinds which are reached with a role, and which the kit doesn't know by name."""

URL = HTTPS.to
"""That for what is posted to."""

_BY_NAME = {
    ("sqs", ""): "queue_arn",
    ("sns", ""): "topic_arn",
    ("events", "event-bus/"): "bus_arn",
    ("events", "rule/"): "rule_arn",
    ("ssm", "parameter"): "parameter_arn",
}
"""The kit's methods for ARNs made from names, by service and what stands before the name."""


_OWN = {
    "AWS::AccountId": "self.account",
    "AWS::Partition": "self.partition",
    "AWS::Region": "self.region",
}
"""What the kit calls what a stack knows of itself."""


class Handles:
    """What the construct's attributes are called, and values in terms of them."""

    def __init__(self, stack: Stack) -> None:
        self.items = stack.items_by_path
        self.with_it: dict[Path, list[Resource]] = {}
        """What is made along with a resource."""
        for resource in stack.resources:
            if resource.by is not None:
                self.with_it.setdefault(resource.by, []).append(resource)

    def name(self, path: Path) -> str:
        """Return the attribute of a resource: `self.orders_queue`."""
        handle = self.items[path].handle
        assert handle is not None, path  # noqa: S101  # what is referred to has one
        return f"self.{handle.name}"

    def value(self, value: Value) -> str | Call:  # noqa: PLR0911  # one for each kind
        """Return the Python expression of a value."""
        match value:
            case None | str() | int() | float():
                return scalar(value)
            case tuple():
                return listing(map(self.value, value))
            case dict():
                return mapping((key, self.value(item)) for key, item in value.items())
            case Attribute(of=of) if is_text(self.items[of]):
                return self.name(of)
            case Attribute(of=of, name=name):
                attribute = TYPES[self.items[of].type].attributes[name]
                if attribute in _METHODS:
                    return f"self.{attribute}({self.name(of)})"
                return f"{self.name(of)}.{attribute}" if attribute else self.name(of)
            case Address() | QueueUrl() | Input() | Pseudo() | Join():
                return self._text(value)
            case Json(value=inner):
                return self.value(inner)
            case Asset(folder=folder):
                return string(folder)
            case _:
                assert_never(value)

    def _text(self, value: Address | QueueUrl | Input | Pseudo | Join) -> str | Call:
        """Return the expression of text that is known when the stack is deployed."""
        match value:
            case Address(service=service, resource=resource):
                for (known, before), method in _BY_NAME.items():
                    name = behind(resource, before)
                    if known == service and name is not None:
                        return new(f"self.{method}", self.value(name))
                return new("self.arn_of", string(service), self.value(resource))
            case QueueUrl(name=name):
                return new("self.queue_url", self.value(name))
            case Input(argument=argument, in_json=is_inside):
                given = f"self.{argument}_input"
                return f"kit.in_json({given})" if is_inside else given
            case Pseudo(name=name) if name in _OWN:
                return _OWN[name]
            case Join(parts=parts):
                return f_string(
                    part if isinstance(part, str) else Inserted(str(self.value(part)))
                    for part in parts
                )
            case Pseudo():
                raise AssertionError(value)  # the kit makes these
            case _:
                assert_never(value)


def is_text(item: Resource | Existing) -> bool:
    """Whether an attribute of the construct is an ARN itself, which CDK can't make an object of."""
    match item:
        case Existing():
            return item.argument is None and not (
                TYPES[item.type].takes_tokens or isinstance(item.arn, str)
            )
        case Resource():
            return False
        case _:
            assert_never(item)


def type_of(out: ModuleWriter, item: Resource | Existing) -> str | None:
    """Return the class of an attribute; None for what the app hands over itself."""
    kind = TYPES[item.type]
    match item:
        case Existing() if is_text(item):
            return "str"
        case Resource():
            return f"{out.aws(kind.module)}.{kind.made}"
        case Existing():
            found = item.argument is None
            return out.interface(kind.module, kind.interface) if found else None
        case _:
            assert_never(item)
