"""A CloudFormation template as AWS has it: references are ARNs, names and URLs."""

from __future__ import annotations

from typing import Any

ACCOUNT, REGION = "111122223333", "eu-west-1"
_PSEUDO = {"AWS::Partition": "aws", "AWS::AccountId": ACCOUNT, "AWS::Region": REGION}
_ARNS = {
    "AWS::SQS::Queue": ("sqs", "", "QueueName"),
    "AWS::SNS::Topic": ("sns", "", "TopicName"),
    "AWS::Events::EventBus": ("events", "event-bus/", "Name"),
    "AWS::Lambda::Function": ("lambda", "function:", "FunctionName"),
    "AWS::Logs::LogGroup": ("logs", "log-group:", "LogGroupName"),
    "AWS::Events::ApiDestination": ("events", "api-destination/", "Name"),
    "AWS::DynamoDB::Table": ("dynamodb", "table/", "TableName"),
    "AWS::KMS::Key": ("kms", "key/", "KeyId"),
}
"""By type the service, what stands before the name in an ARN, and the property with the name."""
_BY_ARN = {"AWS::SNS::Topic", "AWS::IAM::ManagedPolicy"}
"""What `Ref` gives the ARN of."""


class Template:
    """The resources of a template, and what references to them are."""

    def __init__(self, template: dict[str, Any]) -> None:
        self.resources: dict[str, Any] = template["Resources"]

    def of(self, *types: str) -> dict[str, dict[str, Any]]:
        """The properties of all resources of some types, by logical id, without references."""
        return {
            name: self.value(each.get("Properties", {}))
            for name, each in self.resources.items()
            if each["Type"] in types
        }

    def value(self, value: Any) -> Any:  # noqa: PLR0911  # one for each intrinsic
        """A value without references."""
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if not isinstance(value, dict):
            return value
        match value:
            case {"Ref": name}:
                return self._ref(name)
            case {"Fn::GetAtt": [name, attribute]}:
                return self._attribute(name, attribute)
            case {"Fn::Join": [separator, parts]}:
                return separator.join(str(self.value(part)) for part in parts)
            case {"Fn::Split": [separator, text]}:
                return str(self.value(text)).split(separator)
            case {"Fn::Select": [index, parts]}:
                found = self.value(parts)
                return found[int(index)] if int(index) < len(found) else "none"
            case {"Fn::ImportValue": name}:
                return f"arn:aws:given:{REGION}:{ACCOUNT}:{name}"
            case _:
                return {key: self.value(item) for key, item in value.items()}

    def arn(self, name: str) -> str:
        """The ARN of a resource."""
        resource = self.resources[name]
        kind, properties = resource["Type"], resource.get("Properties", {})
        if kind == "AWS::Events::Rule":
            bus = str(self.value(properties.get("EventBusName", "default")))
            bus = bus.rsplit("/", 1)[-1]
            of = "" if bus == "default" else f"{bus}/"
            return f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{of}{name}"
        if kind.startswith("AWS::IAM::"):
            word = "role" if kind == "AWS::IAM::Role" else "policy"
            return f"arn:aws:iam::{ACCOUNT}:{word}/{name}"
        if kind == "AWS::S3::Bucket":
            return f"arn:aws:s3:::{self.value(properties['BucketName'])}"
        service, before, key = _ARNS.get(kind, (kind.replace("::", "-").lower(), "", "Name"))
        named = self.value(properties.get(key, name))
        return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{before}{named}"

    def _ref(self, name: str) -> str:
        if name in _PSEUDO:
            return _PSEUDO[name]
        if name not in self.resources:
            return f"arn:aws:parameter:{REGION}:{ACCOUNT}:{name}"  # of Systems Manager
        if self.resources[name]["Type"] in _BY_ARN:
            return self.arn(name)
        return self._name(name)

    def _name(self, name: str) -> str:
        resource = self.resources[name]
        if resource["Type"] == "AWS::IAM::Role":
            return name
        if resource["Type"] == "AWS::SQS::Queue":
            return f"url:{self.arn(name)}"
        return self.arn(name).rsplit(":", 1)[-1].rsplit("/", 1)[-1]

    def _attribute(self, name: str, attribute: str) -> str:
        if attribute in {"Arn", "ArnForIamPolicy"}:
            extra = ":*" if self.resources[name]["Type"] == "AWS::Logs::LogGroup" else ""
            return f"{self.arn(name)}{extra}"
        if attribute in {"Name", "RegistryName", "TopicName", "QueueName"}:
            return self._name(name)
        return f"{self.arn(name)}/{attribute}"
