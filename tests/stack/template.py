"""The CloudFormation template that a stack's data says, as `cdk synth` makes it.

What is handed over by the app isn't known before: it stands there as `Given`.
"""

from __future__ import annotations

import json
import re
from typing import Any, assert_never

from msgc.emit.cdk.handles import TYPES
from msgc.stack.model import Existing, Resource, Stack
from msgc.stack.tagging import TAGGED
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
from msgc.topology import ids
from msgc.topology.deferred import Text, deferred, spelling
from msgc.topology.settings import ByArn, ByName, ByParameter, Provided

REFERENCES: dict[str, dict[str, str]] = {
    "AWS::CloudWatch::Alarm": {"Arn": "Arn"},
    "AWS::DynamoDB::Table": {"Arn": "Arn", "Name": "Ref"},
    "AWS::EC2::SecurityGroup": {"Arn": "GroupId"},
    "AWS::Events::ApiDestination": {"Arn": "Arn"},
    "AWS::Events::Connection": {"Arn": "Arn"},
    "AWS::Events::EventBus": {"Name": "Ref", "Arn": "Arn"},
    "AWS::Events::Rule": {"Arn": "Arn"},
    "AWS::IAM::ManagedPolicy": {"Arn": "Ref"},
    "AWS::IAM::Role": {"Name": "Ref", "Arn": "Arn"},
    "AWS::KMS::Key": {"Arn": "Arn"},
    "AWS::Lambda::Function": {"Name": "Ref", "Arn": "Arn"},
    "AWS::EventSchemas::Registry": {"Name": "RegistryName"},
    "AWS::Logs::DeliveryDestination": {"Arn": "Arn"},
    "AWS::Logs::LogGroup": {"Name": "Ref", "Arn": "Arn"},
    "AWS::Pipes::Pipe": {"Name": "Ref"},
    "AWS::S3::Bucket": {"Arn": "Arn", "Name": "Ref"},
    "AWS::SNS::Topic": {"Arn": "Ref", "Name": "TopicName"},
    "AWS::SQS::Queue": {"Url": "Ref", "Arn": "Arn", "Name": "QueueName"},
}
"""By type and attribute, what CloudFormation calls it: `Ref`, or a name for `Fn::GetAtt`."""

_MAPPED = frozenset({"AWS::SSM::Parameter", "AWS::Pipes::Pipe"})
"""Types whose tags are a mapping; those of all others are a list of keys and values."""

_BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"


def template(stack: Stack) -> dict[str, dict[str, Any]]:
    """Return the resources of a stack by their logical ids, as CloudFormation gets them."""
    renderer = _Renderer(stack)
    return {
        ids.logical_id(stack.service, *resource.path): renderer.resource(resource)
        for resource in stack.resources
    }


class _Renderer:
    """Renders values with what the stack has behind their references."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def resource(self, resource: Resource) -> dict[str, Any]:
        """Return one entry of `Resources`."""
        properties: dict[str, Any] = {
            key: self.value(value) for key, value in resource.properties.items()
        }
        tags = sorted((self._stack.tags | resource.tags).items())
        if resource.type in _MAPPED:
            properties["Tags"] = dict(tags)
        elif resource.type in TAGGED:
            properties["Tags"] = [{"Key": key, "Value": value} for key, value in tags]
        found: dict[str, Any] = {"Type": resource.type, "Properties": properties}
        if resource.depends_on:
            found["DependsOn"] = [
                self._id(path) for path in sorted(resource.depends_on, key=_cdk_path)
            ]
        if resource.policies:
            found["DeletionPolicy"], found["UpdateReplacePolicy"] = resource.policies
        return found

    def value(self, value: Value) -> Any:  # noqa: C901, PLR0911  # one for each kind
        """Return a value as JSON."""
        match value:
            case None | str() | int() | float():
                return value
            case tuple():
                return [self.value(item) for item in value]
            case dict():
                return {key: self.value(item) for key, item in value.items()}
            case Attribute():
                return self._attribute(value)
            case Pseudo() | Input() | Join():
                return self._text(value)
            case Address(service=service, resource=resource):
                behind = [f":{service}:", _REGION, ":", _ACCOUNT, ":", self.value(resource)]
                return _joined(["arn:", {"Ref": "AWS::Partition"}, *behind])
            case QueueUrl(name=name):
                host = ["https://sqs.", _REGION, ".", {"Ref": "AWS::URLSuffix"}, "/"]
                return _joined([*host, _ACCOUNT, f"/{name}"])
            case Json(value=inner, by_cdk=True, in_order=in_order):
                return _json_text(self.value(inner), ordered=not in_order)
            case Json(value=inner):
                return _json_text(self.value(inner), separators=(", ", ": "), ordered=False)
            case Asset():
                return {"S3Bucket": {"Fn::Sub": _BUCKET}, "S3Key": "ASSET.zip"}
            case _:
                assert_never(value)

    def _text(self, value: Pseudo | Input | Join) -> Any:
        match value:
            case Pseudo(name=name):
                return {"Ref": name}
            case Input(argument=argument):
                return {"Fn::ImportValue": argument}
            case Join(parts=parts):
                return _joined([self.value(part) for part in parts])
            case _:
                assert_never(value)

    def _attribute(self, value: Attribute) -> Any:
        item = self._stack.items_by_path[value.of]
        if isinstance(item, Existing):
            return self._of_existing(item, value.name)
        identifier = self._id(value.of)
        if item.type == "AWS::Events::Rule" and value.name == "Name":
            on_default = self.value(item.properties["EventBusName"]) == "default"
            arn = {"Fn::GetAtt": [identifier, "Arn"]}
            return {"Fn::Select": [1 if on_default else 2, {"Fn::Split": ["/", arn]}]}
        known = REFERENCES[item.type][value.name]
        return {"Ref": identifier} if known == "Ref" else {"Fn::GetAtt": [identifier, known]}

    def _of_existing(self, existing: Existing, name: str) -> Any:  # one for each
        address = existing.address
        match address:
            case ByArn(arn=str(arn)):
                return _of_arn(existing.type, arn, name)
            case ByArn(arn=arn):
                return self._of_deferred_arn(existing.type, arn, name)
            case ByParameter(parameter=str(path)):
                return _of_parameter(existing.type, path, name)
            case ByParameter(parameter=path):
                return self.value(text(path, before="{{resolve:ssm:", behind="}}"))
            case Provided(argument=argument):
                return {"Part": name} if name in {"Region", "Url"} else {"Given": argument}
            case ByName(name=own):
                return self._of_name(existing.type, self.value(text(own)), name)
            case _:
                assert_never(address)

    def _of_name(self, type_: str, own: Any, name: str) -> Any:
        """Return what CDK makes of the name of something in the stack's own account and Region."""
        if name == "Name":
            return own
        if name == "Region":
            return _REGION
        if name == "Url":
            host = ["https://sqs.", _REGION, ".", {"Ref": "AWS::URLSuffix"}, "/"]
            return _joined([*host, _ACCOUNT, "/", own])
        service, before = TYPES[type_].arn
        behind = ":*" if type_ == "AWS::Logs::LogGroup" else ""
        return _joined(["arn:", {"Ref": "AWS::Partition"}, f":{service}:", _REGION, ":", _ACCOUNT,
                        f":{before}", own, behind])  # fmt: skip

    def _of_deferred_arn(self, type_: str, arn: Text, name: str) -> Any:
        """Return what CDK reads out of an ARN with tokens in it, or out of a token."""
        whole = self.value(text(arn))
        pieces = [self.value(text(deferred(piece))) for piece in spelling(arn).split(":")]
        if len(pieces) == 1:
            return _selected(whole, name)
        if name == "Url":
            host = ["https://sqs.", pieces[3], ".", {"Ref": "AWS::URLSuffix"}, "/"]
            return _joined([*host, pieces[4], "/", pieces[5]])
        if type_ == "AWS::Logs::LogGroup":
            return pieces[6] if name == "Name" else _joined([whole, ":*"])
        if name == "Name":
            return self.value(text(deferred(spelling(arn).rpartition("/")[2])))
        return pieces[3] if name == "Region" else whole

    def _id(self, path: Path) -> str:
        return ids.logical_id(self._stack.service, *path)


def _cdk_path(path: Path) -> str:
    """Return a path as CDK sorts it: what an L2 is about is its child `Resource`."""
    return "/".join((*path, "Resource"))


_REGION = {"Ref": "AWS::Region"}
_ACCOUNT = {"Ref": "AWS::AccountId"}


def _of_parameter(type_: str, path: str, name: str) -> Any:
    """Return what CDK makes of an ARN that a parameter has; that of a log group ends in `:*`."""
    found = {"Parameter": path}
    if type_ != "AWS::Logs::LogGroup":
        return _selected(found, name)
    split = {"Fn::Split": [":", found]}
    return {"Fn::Select": [6, split]} if name == "Name" else _joined([found, ":*"])


def _of_arn(type_: str, arn: str, name: str) -> Any:
    """Return what CDK reads out of an ARN; that of a log group always ends in `:*`."""
    if type_ == "AWS::Logs::LogGroup":
        text = arn.removesuffix(":*")
        return text.split(":log-group:")[1] if name == "Name" else f"{text}:*"
    parts = arn.split(":")
    if name == "Region":
        return parts[3]
    if name == "Url":
        host = [f"https://sqs.{parts[3]}.", {"Ref": "AWS::URLSuffix"}]
        return _joined([*host, f"/{parts[4]}/{parts[5]}"])
    return re.split("[:/]", arn)[-1] if name == "Name" else arn


def _selected(arn: Any, name: str) -> Any:
    """Return what CDK reads out of an ARN that is a token."""

    def piece(index: int) -> Any:
        return {"Fn::Select": [index, {"Fn::Split": [":", arn]}]}

    if name == "Url":
        host = ["https://sqs.", piece(3), ".", {"Ref": "AWS::URLSuffix"}, "/"]
        return _joined([*host, piece(4), "/", piece(5)])
    return piece(3) if name == "Region" else arn


def _joined(parts: list[Any]) -> Any:
    """Return `Fn::Join` as CDK writes it: flat, with neighbouring texts as one."""
    flat: list[Any] = []
    for part in parts:
        nested = part["Fn::Join"][1] if isinstance(part, dict) and "Fn::Join" in part else [part]
        for each in nested:
            if flat and isinstance(flat[-1], str) and isinstance(each, str):
                flat[-1] += each
            else:
                flat.append(each)
    return flat[0] if len(flat) == 1 else {"Fn::Join": ["", flat]}


_TOKENS = frozenset(
    {"Ref", "Fn::ImportValue", "Fn::GetAtt", "Fn::Join", "Fn::Select", "Given", "Parameter"}
)
"""What stands for text that is known at deployment only."""


def _json_text(
    value: Any, *, separators: tuple[str, str] = (",", ":"), ordered: bool = True
) -> Any:
    """Return JSON text, as CDK writes it, with what is known at deployment only in between."""
    references: list[Any] = []

    def mark(item: Any) -> Any:
        if isinstance(item, dict):
            if len(item) == 1 and next(iter(item)) in _TOKENS:
                references.append(item)
                return f"\0{len(references) - 1}\0"
            return {key: mark(each) for key, each in item.items()}
        return [mark(each) for each in item] if isinstance(item, list) else item

    text = json.dumps(
        mark(value), separators=separators, ensure_ascii=not ordered, sort_keys=ordered
    )
    parts = text.split("\\u0000")
    return _joined([references[int(p)] if i % 2 else p for i, p in enumerate(parts)])
