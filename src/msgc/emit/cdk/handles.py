"""How Python says what a stack's data refers to: attributes, types and values."""

from __future__ import annotations

from typing import assert_never

from msgc.emit.cdk.expressions import Call, listing, mapping, new
from msgc.emit.cdk.sheet import Sheet
from msgc.emit.python_writer import scalar, string
from msgc.record import Record
from msgc.stack.model import Existing, Resource, Stack
from msgc.stack.values import (
    Address,
    Asset,
    Attribute,
    Join,
    Json,
    Parameter,
    Path,
    Pseudo,
    QueueUrl,
    Value,
)
from msgc.topology.model import Provided


class Kind(Record):
    """A type of resource in CDK: where its classes are, and what they call its attributes."""

    module: str
    made: str
    """The class of one that the stack makes."""
    interface: str = ""
    """That of one which exists."""
    attributes: dict[str, str] = {}  # noqa: RUF012  # records are frozen


KINDS = {
    "AWS::Events::Archive": Kind(module="events", made="CfnArchive"),
    "AWS::Events::EventBus": Kind(
        module="events", made="EventBus", interface="IEventBus",
        attributes={"Arn": "event_bus_arn", "Name": "event_bus_name"},
    ),
    "AWS::Events::Rule": Kind(module="events", made="CfnRule", attributes={"Arn": "attr_arn"}),
    "AWS::IAM::ManagedPolicy": Kind(
        module="iam", made="ManagedPolicy", attributes={"Arn": "managed_policy_arn"}
    ),
    "AWS::IAM::Policy": Kind(module="iam", made="Policy"),
    "AWS::IAM::Role": Kind(
        module="iam", made="Role", interface="IRole", attributes={"Arn": "role_arn"}
    ),
    "AWS::Lambda::EventSourceMapping": Kind(module="lambda", made="CfnEventSourceMapping"),
    "AWS::Lambda::Function": Kind(
        module="lambda", made="Function", interface="IFunction",
        attributes={"Arn": "function_arn", "Name": "function_name"},
    ),
    "AWS::Logs::LogGroup": Kind(
        module="logs", made="LogGroup", interface="ILogGroup",
        attributes={"Arn": "log_group_arn", "Name": "log_group_name"},
    ),
    "AWS::SNS::Subscription": Kind(module="sns", made="CfnSubscription"),
    "AWS::SNS::Topic": Kind(
        module="sns", made="Topic", interface="ITopic", attributes={"Arn": "topic_arn"}
    ),
    "AWS::SQS::Queue": Kind(
        module="sqs", made="Queue", attributes={"Arn": "queue_arn", "Url": "queue_url"}
    ),
}  # fmt: skip

_BY_NAME = {
    ("sqs", ""): "queue_arn",
    ("sns", ""): "topic_arn",
    ("events", "event-bus/"): "bus_arn",
    ("events", "rule/"): "rule_arn",
    ("ssm", "parameter"): "parameter_arn",
}
"""The kit's methods for ARNs made from names, by service and what stands before the name."""


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

    def value(self, value: Value) -> str | Call:  # noqa: C901, PLR0911, PLR0912  # one for each kind
        """Return the Python expression of a value."""
        match value:
            case None | str() | int() | float():
                return scalar(value)
            case tuple():
                return listing(map(self.value, value))
            case dict():
                return mapping((key, self.value(item)) for key, item in value.items())
            case Attribute(of=of, name=name):
                return f"{self.name(of)}.{KINDS[self.items[of].type].attributes[name]}"
            case Address(service=service, resource=str(resource)):
                for (known, before), method in _BY_NAME.items():
                    if known == service and resource.startswith(before):
                        return new(f"self.{method}", string(resource.removeprefix(before)))
                raise AssertionError(service, resource)
            case QueueUrl(name=name):
                return new("self.queue_url", string(name))
            case Parameter(path=path):
                return new("self.value_of", string(path))
            case Json(value=inner):
                return self.value(inner)
            case Asset(folder=folder):
                return string(folder)
            case Address() | Join() | Pseudo():
                raise AssertionError(value)  # the kit makes these
            case _:
                assert_never(value)


def type_of(sheet: Sheet, item: Resource | Existing) -> str | None:
    """Return the class of an attribute; None for what the app hands over itself."""
    kind = KINDS[item.type]
    if isinstance(item, Resource):
        return f"{sheet.aws(kind.module)}.{kind.made}"
    return (
        None if isinstance(item.address, Provided) else f"{sheet.aws(kind.module)}.{kind.interface}"
    )
