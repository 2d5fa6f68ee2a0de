"""Makes by API call what the emulator's CloudFormation can't, or does wrong."""

from __future__ import annotations

import json
from binascii import crc32
from typing import Any

from tests.emulator.account import Account

Made = dict[str, str]
"""What `Ref` and `Fn::GetAtt` of the resource stand for."""


def create(account: Account, stack: str, type_: str, properties: dict[str, Any]) -> Made:
    match type_:
        case "AWS::SNS::Topic":
            return _fifo_topic(account, properties)
        case "AWS::Events::Archive":
            return _archive(account, stack, properties)
        case "AWS::SNS::Subscription":
            return _subscription(account, properties)
        case "AWS::Events::Connection":
            return _connection(account, stack, properties)
        case "AWS::Events::ApiDestination":
            return _api_destination(account, stack, properties)
    message = f"no API call for {type_} in tests/emulator/by_api.py"
    raise AssertionError(message)


def _fifo_topic(account: Account, properties: dict[str, Any]) -> Made:
    passed = (
        *("FifoTopic", "ContentBasedDeduplication", "DisplayName", "FifoThroughputScope"),
        "ArchivePolicy",
    )
    known = {*passed, "TopicName", "KmsMasterKeyId", "TracingConfig", "Tags"}
    assert properties.keys() <= known, f"FIFO topic: {properties.keys() - known}"
    name = properties["TopicName"]
    attributes = {key: _text(properties[key]) for key in passed if key in properties}
    arn = account.client("sns").create_topic(Name=name, Attributes=attributes)["TopicArn"]
    return {"Ref": arn, "TopicArn": arn, "TopicName": name}


def _archive(account: Account, stack: str, properties: dict[str, Any]) -> Made:
    name = properties.get("ArchiveName", f"{stack}-archive")[:48]
    options: dict[str, Any] = {
        key: properties[key] for key in ("Description", "RetentionDays") if key in properties
    }
    if "EventPattern" in properties:
        options["EventPattern"] = json.dumps(properties["EventPattern"])
    events = account.client("events")
    arn = events.create_archive(
        ArchiveName=name, EventSourceArn=properties["SourceArn"], **options
    )["ArchiveArn"]
    return {"Ref": name, "Arn": arn, "ArchiveName": name}


def _subscription(account: Account, properties: dict[str, Any]) -> Made:
    own = {"TopicArn", "Protocol", "Endpoint", "Region"}
    attributes = {key: _text(value) for key, value in properties.items() if key not in own}
    arn = account.client("sns").subscribe(
        **{key: properties[key] for key in ("TopicArn", "Protocol", "Endpoint")},
        Attributes=attributes,
        ReturnSubscriptionArn=True,
    )["SubscriptionArn"]
    return {"Ref": arn, "Arn": arn}


def _connection(account: Account, stack: str, properties: dict[str, Any]) -> Made:
    name = _named(stack, properties)
    arn = account.client("events").create_connection(
        Name=name,
        AuthorizationType=properties["AuthorizationType"],
        AuthParameters=_revealed(account, properties["AuthParameters"]),
    )["ConnectionArn"]
    return {"Ref": name, "Arn": arn}


def _api_destination(account: Account, stack: str, properties: dict[str, Any]) -> Made:
    name = _named(stack, properties)
    arn = account.client("events").create_api_destination(Name=name, **properties)[
        "ApiDestinationArn"
    ]
    return {"Ref": name, "Arn": arn}


def _named(stack: str, properties: dict[str, Any]) -> str:
    """A name as CloudFormation makes one up."""
    return f"{stack}-{crc32(json.dumps(properties, sort_keys=True).encode()):08x}"


def _revealed(account: Account, value: Any) -> Any:
    """The value with each secret in place of the reference to it, as CloudFormation reads it."""
    if isinstance(value, dict):
        return {key: _revealed(account, item) for key, item in value.items()}
    if isinstance(value, str) and value.startswith("{{resolve:secretsmanager:"):
        name, _, field = value.removeprefix("{{resolve:secretsmanager:").partition(":SecretString")
        assert not field.strip(":}"), f"a field of a secret: {value}"
        return account.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    return value


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return json.dumps(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
