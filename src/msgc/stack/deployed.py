"""Evaluate a stack's values as AWS will have them, to measure policies and environments.

The account is any; names that CloudFormation makes are as long as it makes them.
"""

from __future__ import annotations

import json
from typing import Any, assert_never

from msgc.kinds import KINDS
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
    text,
)
from msgc.topology import ids, names
from msgc.topology.settings import ByArn, ByName, ByParameter, Provided

SHORTEST_REGION = "eu-west-1"
LONGEST_REGION = "ap-southeast-1"
_ACCOUNT = "111122223333"
_GIVEN = "x"
"""What is given at deploy is counted as one character: nothing is too long for certain."""
_RANDOM = "XXXXXXXXXXXX"
"""What CloudFormation appends to the names that it makes."""
_UUID = "11111111-2222-3333-4444-555555555555"
"""What KMS calls a key."""
_LONGEST_NAME = 64
"""Of rules and functions."""
_COLONS = 5
"""In every ARN, at least."""

_ARNS = {
    "AWS::SQS::Queue": ("sqs", "", "QueueName"),
    "AWS::SNS::Topic": ("sns", "", "TopicName"),
    "AWS::Events::EventBus": ("events", "event-bus/", "Name"),
    "AWS::Lambda::Function": ("lambda", "function:", "FunctionName"),
    "AWS::KMS::Key": ("kms", "key/", ""),
    "AWS::DynamoDB::Table": ("dynamodb", "table/", "TableName"),
    "AWS::S3::Bucket": ("s3", "", "BucketName"),
    **{
        cdk.type: (*kind.arn, "LogGroupName" if kind.is_made else "")
        for kind in KINDS.values()
        for cdk in kind.types
    },
}
"""Of types the service, what stands before the name in an ARN, and the property with the name."""

_ROLE = ("iam", "role/", "")


class Deployed:
    """A stack in a Region."""

    def __init__(self, stack: Stack, region: str, *, account: str = _ACCOUNT) -> None:
        """Take a stack, and where it is deployed."""
        self._service = stack.service
        self._region = region
        self._account = account
        self._items = stack.items_by_path

    def length(self, value: Value) -> int:
        """Return how many bytes a value has as JSON, without white space."""
        text = json.dumps(self.value(value), separators=(",", ":"), ensure_ascii=False)
        return len(text.encode())

    def value(self, value: Value) -> Any:  # noqa: PLR0911  # one for each kind
        """Return a value as JSON."""
        match value:
            case None | str() | int() | float():
                return value
            case tuple():
                return [self.value(item) for item in value]
            case dict():
                return {key: self.value(item) for key, item in value.items()}
            case Join(parts=parts):
                return "".join(str(self.value(part)) for part in parts)
            case Json(value=inner):
                return json.dumps(self.value(inner))
            case Asset(folder=folder):
                return folder
            case Attribute() | Pseudo() | Input() | Address() | QueueUrl():
                return self._text(value)
            case _:
                assert_never(value)

    def _text(self, value: Attribute | Pseudo | Input | Address | QueueUrl) -> str:  # noqa: PLR0911  # one for each kind
        """Return what a reference or an address is."""
        match value:
            case Attribute(of=of, name="Url"):
                return self._url(str(self._property(of, "QueueName") or self._name(of)))
            case Attribute(of=of, name="Region"):
                return self._arn(of).split(":")[3]
            case Attribute(of=of, name="Name"):
                return self._name(of)
            case Attribute(of=of):
                return self._arn(of)
            case Pseudo(name=name):
                return {
                    "AWS::AccountId": self._account, "AWS::Partition": "aws",
                    "AWS::Region": self._region,
                }[name]  # fmt: skip
            case Input():
                return _GIVEN
            case Address(service=service, resource=resource):
                return self._in_account(service, str(self.value(resource)))
            case QueueUrl(name=name):
                return self._url(str(self.value(name)))
            case _:
                assert_never(value)

    def made_name(self, path: Path) -> str:
        """Return a name as CloudFormation makes it: of stack, logical id and twelve characters.

        What the stack is called is up to the app: at least as the service, most likely.
        """
        return f"{names.pascal(self._service)}-{ids.logical_id(self._service, *path)}-{_RANDOM}"

    def _url(self, name: str) -> str:
        return f"https://sqs.{self._region}.amazonaws.com/{self._account}/{name}"

    def _in_account(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self._region}:{self._account}:{resource}"

    def _property(self, path: Path, name: str) -> Value:
        item = self._items[path]
        match item:
            case Resource():
                return item.properties.get(name)
            case Existing():
                return None
            case _:
                assert_never(item)

    def _name(self, path: Path) -> str:
        """Return what stands in an ARN behind the type: `/aws/events/all` of a log group."""
        _, before, _ = _ARNS.get(self._items[path].type, _ROLE)
        return self._arn(path).split(":", _COLONS)[_COLONS].removesuffix(":*").removeprefix(before)

    def _arn(self, path: Path) -> str:
        item = self._items[path]
        match item:
            case Resource():
                return self._arn_of_made(item)
            case Existing():
                return self._arn_of_existing(item)
            case _:
                assert_never(item)

    def _arn_of_made(self, resource: Resource) -> str:
        made, properties = self._made(resource.path), resource.properties
        if resource.type == "AWS::Events::Rule":
            bus = str(self.value(properties["EventBusName"])).rpartition("/")[2]
            before = "" if bus == "default" else f"{bus}/"
            return self._in_account("events", f"rule/{before}{made}")
        if resource.type == "AWS::KMS::Key":
            return self._in_account("kms", f"key/{_UUID}")
        service, before, name = _ARNS[resource.type]
        return self._in_account(service, f"{before}{properties.get(name, made)}")

    def _arn_of_existing(self, existing: Existing) -> str:
        """Return an ARN; of one that is given at deploy, only what all ARNs have."""
        service, before, _ = _ARNS.get(existing.type, _ROLE)
        match existing.address:
            case ByArn(arn=arn):
                written = str(self.value(text(arn)))
                is_whole = written.count(":") >= _COLONS
                return written if is_whole else self._in_account(service, f"{before}{_GIVEN}")
            case ByParameter():
                return self._in_account(service, before)
            case Provided():
                return self._in_account(service, f"{before}{self._made(existing.path)}")
            case ByName(name=name):
                return self._in_account(service, str(self.value(text(name, before=before))))
            case _:
                assert_never(existing.address)

    def _made(self, path: Path) -> str:
        return self.made_name(path)[:_LONGEST_NAME]
