"""How large the template of a stack will be, as CDK writes it: JSON, indented by one space.

CloudFormation takes 1 MB of it, white space included. An estimate: what the app hands over, and
what CDK appends of its own, isn't known before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, assert_never

from msgc.stack.model import Existing, Resource, Stack
from msgc.stack.tagging import TAGGED
from msgc.stack.values import (
    Address,
    Asset,
    Attribute,
    Input,
    Join,
    Json,
    Pseudo,
    QueueUrl,
    Value,
    text,
)
from msgc.topology import ids, names
from msgc.topology.settings import ByArn, ByName, ByParameter, Provided

_FRAME = 5500
"""What stands around the resources: `cdk` has a condition, a rule and a parameter of its own."""
_PARAMETER = 200
"""A parameter of the template, without the path in Parameter Store that it reads."""
_IN_RESOURCES = 2
"""How deep a resource stands."""
_REFERRED = frozenset({"AWS::IAM::ManagedPolicy", "AWS::SNS::Topic"})
"""Types whose ARN is their `Ref`."""
_ELSEWHERE = {"Fn::ImportValue": "x" * 90}
"""What the app hands over, mostly out of another stack of its own."""
_GIVEN = "x" * 20
"""What the app gives for an input."""
_BUCKET = {"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"}
_HASH = "x" * 64
_OF_PARAMETER = "C96584B6F00A464EAD1953AFF4B05118Parameter"
_REGION, _ACCOUNT = {"Ref": "AWS::Region"}, {"Ref": "AWS::AccountId"}
_PARTITION, _SUFFIX = {"Ref": "AWS::Partition"}, {"Ref": "AWS::URLSuffix"}


def template_size(stack: Stack) -> int:
    """Return how many bytes a template has, within some percent."""
    parameters = {each.parameter for each in stack.existing if each.parameter is not None}
    imported = sum(_PARAMETER + len(str(each)) for each in parameters)
    return _FRAME + imported + sum(resource_sizes(stack, stack.resources))


def resource_sizes(stack: Stack, resources: Iterable[Resource]) -> Iterator[int]:
    """Yield how many bytes resources have in the template of their stack, in order."""
    template = _Template(stack)
    for each in resources:
        around = len(stack.logical_id(each)) + len('"": ,\n')
        yield template.length(template.resource(each), _IN_RESOURCES) + around + _IN_RESOURCES


def _of_text(found: str) -> int:
    size = len(found) if found.isascii() else len(found.encode())
    return size + 2 + found.count('"') + found.count("\\") + found.count("\n")


class _Template:
    """Measures values as the template has them."""

    def __init__(self, stack: Stack) -> None:
        self._items = stack.items_by_path
        self._service = stack.service
        self._tags = stack.tags
        self._construct = f"{names.pascal(stack.service)}/Messaging"

    def length(self, found: Any, depth: int) -> int:
        """Return how long a value is that stands at a depth, where each is a space."""
        if isinstance(found, str):
            return _of_text(found)
        if isinstance(found, (dict, list, tuple)):
            if not found:
                return 2
            inside = depth + 1
            size = len(found) * (inside + 2) + depth + 2
            if isinstance(found, dict):
                for key, each in found.items():
                    size += len(key) + 4 + self.length(each, inside)
            else:
                for each in found:
                    size += self.length(each, inside)
            return size
        if found is None or isinstance(found, (int, float)):
            return len(json.dumps(found))
        return self.length(self.value(found), depth)

    def resource(self, resource: Resource) -> dict[str, Any]:
        """Return one entry of `Resources`, with the values of the plan in it."""
        properties: dict[str, Any] = dict(resource.properties)
        if resource.type in TAGGED:
            tags = self._tags | resource.tags
            properties["Tags"] = [{"Key": key, "Value": value} for key, value in tags.items()]
        metadata = {"aws:cdk:path": "/".join((self._construct, *resource.path, "Resource"))}
        shown: dict[str, Any] = {"Type": resource.type, "Properties": properties}
        if "Code" in properties:
            metadata |= {"aws:asset:path": f"asset.{_HASH}", "aws:asset:property": "Code"}
        if resource.policies is not None:
            kept, replaced = resource.policies
            shown |= {"UpdateReplacePolicy": replaced, "DeletionPolicy": kept}
        if resource.depends_on:
            shown["DependsOn"] = [ids.logical_id(self._service, *p) for p in resource.depends_on]
        return {**shown, "Metadata": metadata}

    def value(self, value: Value) -> Any:
        """Return a value as JSON."""
        match value:
            case None | str() | int() | float():
                return value
            case tuple():
                return [self.value(item) for item in value]
            case dict():
                return {key: self.value(item) for key, item in value.items()}
            case Asset():
                return {"S3Bucket": _BUCKET, "S3Key": f"{_HASH}.zip"}
            case Attribute() | Pseudo() | Input() | Join() | Address() | QueueUrl() | Json():
                return _joined(self._pieces(value))
            case _:
                assert_never(value)

    def _pieces(self, value: Value) -> Iterator[Any]:
        """Yield what a text consists of: texts, and references between them."""
        match value:
            case Attribute():
                yield from self._attribute(value)
            case Pseudo(name=name):
                yield {"Ref": name}
            case Input():
                yield _GIVEN
            case Join(parts=parts):
                for part in parts:
                    yield from self._pieces(part)
            case Address(service=service, resource=resource):
                yield from ("arn:", _PARTITION, f":{service}:", _REGION, ":", _ACCOUNT, ":")
                yield from self._pieces(resource)
            case QueueUrl(name=name):
                yield from ("https://sqs.", _REGION, ".", _SUFFIX, "/", _ACCOUNT, "/")
                yield from self._pieces(name)
            case Json(value=inner):
                yield from self._json(inner)
            case None | str() | int() | float() | tuple() | dict() | Asset():
                yield self.value(value)
            case _:
                assert_never(value)

    def _json(self, value: Value) -> Iterator[Any]:
        """Yield a JSON text, with the references that are in it in between."""
        references: list[Any] = []

        def marked(item: Any) -> Any:
            if isinstance(item, dict):
                if len(item) == 1 and next(iter(item)) in _TOKENS:
                    references.append(item)
                    return "\0"
                return {key: marked(each) for key, each in item.items()}
            return [marked(each) for each in item] if isinstance(item, list) else item

        parts = json.dumps(marked(self.value(value)), separators=(",", ":")).split("\\u0000")
        yield parts[0]
        for reference, part in zip(references, parts[1:], strict=True):
            yield from _apart(reference)
            yield part

    def _attribute(self, found: Attribute) -> Iterator[Any]:
        item = self._items.get(found.of)
        match item:
            case None:  # it is in another stack, and has no name: an error, told by itself
                yield _ELSEWHERE
            case Resource(type=type_):
                identifier = ids.logical_id(self._service, *found.of)
                is_name = found.name not in ("Arn", "Role", "RoleName")
                is_reference = is_name or (found.name == "Arn" and type_ in _REFERRED)
                own = {"Ref": identifier} if is_reference else {"Fn::GetAtt": [identifier, "Arn"]}
                yield own
            case Existing() if found.name == "Region":
                yield _REGION
            case Existing(address=address):
                match address:
                    case ByArn(arn=arn):
                        yield from self._pieces(text(arn))
                    case ByParameter(parameter=path):
                        yield {"Ref": f"SsmParameterValue{path}{_OF_PARAMETER}"}
                    case ByName(name=name) if found.name == "Name":
                        yield from self._pieces(text(name))
                    case ByName(name=name):
                        yield from ("arn:", _PARTITION, ":sqs:", _REGION, ":", _ACCOUNT, ":")
                        yield from self._pieces(text(name))
                    case Provided():
                        yield _ELSEWHERE
                    case _:
                        assert_never(address)
            case _:
                assert_never(item)


_TOKENS = frozenset({"Ref", "Fn::ImportValue", "Fn::GetAtt", "Fn::Join"})


def _apart(token: dict[str, Any]) -> Iterable[Any]:
    """Return the pieces of a text that was joined."""
    joined = token.get("Fn::Join")
    return (token,) if joined is None else joined[1]


def _joined(pieces: Iterable[Any]) -> Any:
    """Return pieces as CDK joins them: neighbouring texts are one."""
    flat: list[Any] = []
    for each in pieces:
        if flat and isinstance(each, str) and isinstance(flat[-1], str):
            flat[-1] += each
        else:
            flat.append(each)
    return flat[0] if len(flat) == 1 else {"Fn::Join": ["", flat]}
