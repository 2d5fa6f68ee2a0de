"""What a test can see of a deployed topology: messages in queues, and what functions log."""

from __future__ import annotations

import json
from typing import Any

from tests.emulator.account import Account
from tests.emulator.deploy import Deployed
from tests.emulator.waiting import eventually


def lines(account: Account, group: str) -> list[str]:
    """Everything in a log group, oldest first; nothing if there is no such group yet."""
    logs = account.client("logs")
    try:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
        events = [event for page in pages for event in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        return []
    return [event["message"].rstrip("\n") for event in events]


def printed(deployed: Deployed, function: str) -> list[str]:
    """What a function's code printed, without Lambda's own lines."""
    group = f"/aws/lambda/{deployed.physical(function)}"
    own = ("START ", "END ", "REPORT ")
    return [line for line in lines(deployed.account, group) if not line.startswith(own)]


def prints(deployed: Deployed, function: str, text: str, timeout: float = 30.0) -> str:
    """Wait until a function prints a line with `text`, and return the line."""

    def probe() -> str | None:
        return next((line for line in printed(deployed, function) if text in line), None)

    try:
        found = eventually(probe, f"{function} prints {text!r}", timeout)
    except AssertionError as error:
        error.add_note(f"{function} printed: {printed(deployed, function)}")
        raise
    assert found is not None
    return found


def arrives(
    deployed: Deployed, queue: str, text: str = "", timeout: float = 30.0
) -> dict[str, Any]:
    """Wait for a message with `text` in a queue that nobody else polls; take it and return it."""
    sqs, url = deployed.account.client("sqs"), deployed.physical(queue)

    def probe() -> dict[str, Any] | None:
        answer = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
        )
        found = None
        for message in answer.get("Messages", []):
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            if found is None and text in message["Body"]:
                found = message
        return found

    found = eventually(probe, f"{queue} has a message with {text!r}", timeout)
    assert found is not None
    return found


def runs(deployed: Deployed, state_machine: str, text: str) -> Any:
    """Wait until a state machine is started with an input that has `text`; return the input."""
    client, arn = deployed.account.client("stepfunctions"), deployed.physical(state_machine)

    def probe() -> str | None:
        for each in client.list_executions(stateMachineArn=arn)["executions"]:
            found: str = client.describe_execution(executionArn=each["executionArn"])["input"]
            if text in found:
                return found
        return None

    found = eventually(probe, f"{state_machine} runs with {text!r}", 90.0)
    assert found is not None
    return json.loads(found)


def is_empty(deployed: Deployed, queue: str) -> bool:
    """Whether a queue has nothing: waiting, in flight or delayed."""
    names = [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
    ]
    attributes = deployed.account.client("sqs").get_queue_attributes(
        QueueUrl=deployed.physical(queue), AttributeNames=names
    )["Attributes"]
    return all(attributes[name] == "0" for name in names)
