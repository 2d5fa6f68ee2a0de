"""Makes by API call what the emulator's CloudFormation can't, or does wrong."""

from __future__ import annotations

import json
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


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return json.dumps(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
