"""What a deployed edge needs is there before the edge; rules stand on the buses they name."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from msgc.kinds import Way
from tests.assembly import synthesised
from tests.emulator import observe
from tests.emulator.account import REGION, Account
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.edges import carries

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "delivers"


@pytest.fixture
def delivers(account: Account, tmp_path: Path, request: pytest.FixtureRequest) -> Deployed:
    """The topology, built for this account, in which both imported buses exist already."""
    events = account.client("events")
    events.create_event_bus(Name="known")
    found = events.create_event_bus(Name="found")["EventBusArn"]
    account.client("ssm").put_parameter(Name="/company/buses/found", Value=found, Type="String")
    folder = tmp_path / f"delivers-{request.node.name}"
    shutil.copytree(SOURCE, folder)
    file = folder / "messaging.yaml"
    file.write_text(file.read_text("utf-8").replace("000000000000", account.id), "utf-8")
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return deploy(account, synthesised(folder, validated=False))


def created(deployed: Deployed) -> list[str]:
    """The logical ids of the stack's resources, in the order in which they were finished."""
    pages = deployed.account.client("cloudformation").get_paginator("describe_stack_events")
    events = [
        event for page in pages.paginate(StackName=deployed.name) for event in page["StackEvents"]
    ]
    return [
        event["LogicalResourceId"]
        for event in reversed(events)  # CloudFormation's newest comes first
        if event["ResourceStatus"] == "CREATE_COMPLETE"
    ]


def test_a_subscription_comes_after_what_lets_it_deliver(delivers: Deployed) -> None:
    order = {name: index for index, name in enumerate(created(delivers))}
    waits = {
        "DeliversOrdersTopicToInvoicesQueueSubscription": "DeliversInvoicesQueuePolicy",
        "DeliversOrdersTopicToLargeQueueSubscription": "DeliversLargeQueuePolicy",
        "DeliversOrdersTopicToWorkerFunctionSubscription": (
            "DeliversOrdersTopicToWorkerFunctionSubscriptionPermission"
        ),
    }
    for subscription, access in waits.items():
        assert order[access] < order[subscription]
        assert order["DeliversUndeliveredQueuePolicy"] < order[subscription]


@carries("delivers", (Way.SNS_SUBSCRIPTION, "queue"), (Way.SNS_SUBSCRIPTION, "consumer"))
def test_the_first_message_arrives(delivers: Deployed) -> None:
    delivers.account.client("sns").publish(
        TopicArn=delivers.physical("OrdersTopic"),
        Message='{"id": "first", "size": 7}',
        MessageAttributes={
            "message_type": {"DataType": "String", "StringValue": "Placed"},
            "size": {"DataType": "Number", "StringValue": "7"},
        },
    )
    assert observe.arrives(delivers, "InvoicesQueue")["Body"] == '{"id": "first", "size": 7}'
    assert observe.arrives(delivers, "LargeQueue", "first")
    observe.prints(delivers, "WorkerFunction", "first")
    assert observe.is_empty(delivers, "UndeliveredQueue")


def test_a_rule_on_an_imported_bus_stands_there(delivers: Deployed) -> None:
    events = delivers.account.client("events")
    for bus, queue in (("known", "FromArnQueue"), ("found", "FromParameterQueue")):
        arn = f"arn:aws:events:{REGION}:{delivers.account.id}:event-bus/{bus}"
        assert len(events.list_rules(EventBusName=bus)["Rules"]) == 1
        entry = {
            "EventBusName": arn,
            "Source": "delivers",
            "DetailType": "Placed",
            "Detail": json.dumps({"id": bus}),
        }
        assert events.put_events(Entries=[entry])["FailedEntryCount"] == 0
        assert json.loads(observe.arrives(delivers, queue)["Body"])["detail"] == {"id": bus}
    assert events.list_rules(EventBusName="default")["Rules"] == []
