"""Messages to ends that exist already or that are handed over, and out of streams."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from msgc.kinds import Way
from tests.assembly import synthesised
from tests.emulator import observe, stubs
from tests.emulator.account import REGION, Account
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.edges import carries
from tests.emulator.endpoint import Endpoint, listening
from tests.emulator.waiting import eventually

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "ends"
ORDER = {"id": "o-1", "total": 12.5}


@pytest.fixture
def partner(account: Account) -> Iterator[Endpoint]:
    with listening(account.emulator.certificate) as endpoint:
        yield endpoint


@pytest.fixture
def intranet() -> Iterator[Endpoint]:
    with listening(None) as endpoint:
        yield endpoint


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "ends"
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return folder


@pytest.fixture
def ends(account: Account, project: Path, partner: Endpoint, intranet: Endpoint) -> Deployed:
    """The stack, beside queues that let topics and rules in, and a secret, that others made."""
    sqs = account.client("sqs")
    for name in ("calls", "stored", "ledger"):
        sqs.create_queue(QueueName=f"ends-{name}", Attributes={"Policy": _open(account, name)})
    account.client("secretsmanager").create_secret(Name="ends/partner", SecretString="s3cret")
    parameters = {
        "Ledger": f"arn:aws:sqs:{REGION}:{account.id}:ends-ledger",
        "Partner": partner.host,
        "Intranet": intranet.host,
    }
    return deploy(account, synthesised(project, validated=False), parameters)


def _open(account: Account, name: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": ["sns.amazonaws.com", "events.amazonaws.com"]},
        "Action": "sqs:SendMessage",
        "Resource": f"arn:aws:sqs:{REGION}:{account.id}:ends-{name}",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch, project: Path) -> Any:
    return stubs.imported(monkeypatch, project, "ends_messaging")


def _put(ends: Deployed, package: Any) -> None:
    bus = package.CommerceBus(
        arn=ends.physical("CommerceBus"), client=ends.account.client("events")
    )
    bus.publish(stubs.message(package, "Placed", ORDER))


def _waiting(ends: Deployed, queue: str) -> Any:
    """Take the next message out of a queue that the stack doesn't make."""
    sqs = ends.account.client("sqs")
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    answer = eventually(
        lambda: sqs.receive_message(QueueUrl=url).get("Messages"), f"{queue} has a message"
    )
    return json.loads(answer[0]["Body"])


@carries(
    "ends", (Way.EVENT_RULE, "state_machine"), (Way.EVENT_RULE, "target"), (Way.EVENT_RULE, "bus")
)
def test_a_rule_reaches_what_is_handed_over_and_what_an_input_names(
    ends: Deployed, package: Any
) -> None:
    _put(ends, package)
    assert observe.runs(ends, "Sorting", "o-1")["detail"] == ORDER
    assert json.loads(observe.arrives(ends, "Found")["Body"])["detail"] == ORDER
    assert _waiting(ends, "ends-ledger")["detail"] == ORDER
    assert json.loads(observe.arrives(ends, "CopiedQueue")["Body"])["detail"] == ORDER


@carries("ends", (Way.EVENT_RULE, "api_destination"))
def test_an_api_destination_is_called_with_its_secret(
    ends: Deployed, package: Any, partner: Endpoint
) -> None:
    _put(ends, package)
    call = partner.called("/orders/o-1")
    assert (call.method, call.body) == ("PUT", {"order": "o-1"})
    assert call.headers["x-api-key"] == "s3cret"
    assert call.headers["x-event"]


@carries("ends", (Way.SNS_SUBSCRIPTION, "https"), (Way.SNS_SUBSCRIPTION, "http"))
def test_a_topic_reaches_endpoints_and_a_queue_of_others(
    ends: Deployed, package: Any, partner: Endpoint, intranet: Endpoint
) -> None:
    sns, arn = ends.account.client("sns"), ends.physical("OrdersTopic")
    for endpoint in (partner, intranet):
        asked = endpoint.called("/hook").body
        assert asked["Type"] == "SubscriptionConfirmation"
        sns.confirm_subscription(TopicArn=arn, Token=asked["Token"])
    package.OrdersTopic(arn=arn, client=sns).publish(stubs.message(package, "Placed", ORDER))
    for endpoint in (partner, intranet):
        assert json.loads(endpoint.called("/hook").body["Message"]) == ORDER
    assert _waiting(ends, "ends-stored") == ORDER


@carries("ends", (Way.EVENT_SOURCE_MAPPING, "consumer"))
def test_lambda_polls_a_queue_of_others(ends: Deployed, package: Any) -> None:
    sqs = ends.account.client("sqs")
    url = sqs.get_queue_url(QueueName="ends-calls")["QueueUrl"]
    package.CallsQueue(url=url, client=sqs).publish(stubs.message(package, "Placed", ORDER))
    observe.prints(ends, "DrainerFunction", "id='o-1'")


@carries(
    "ends",
    (Way.STREAM_MAPPING, "consumer"),
    (Way.STREAM_PIPE, "topic"),
    (Way.STREAM_PIPE, "state_machine"),
)
def test_records_of_a_table_come_to_a_function_and_through_pipes(ends: Deployed) -> None:
    """Behind the topic is a function: queues refuse what these pipes publish without TLS."""
    table = ends.physical("Stock")
    ends.account.client("dynamodb").put_item(TableName=table, Item={"id": {"S": "sku-1"}})
    observe.prints(ends, "ProjectionFunction", "sku-1")
    observe.prints(ends, "WatcherFunction", "sku-1")
    (run,) = observe.runs(ends, "Sorting", "sku-1")
    assert run["eventName"] == "INSERT"


def test_records_of_kinesis_come_as_what_was_put_there(ends: Deployed) -> None:
    kinesis, stream = ends.account.client("kinesis"), ends.physical("Clicks")
    for each in (ORDER | {"id": "small", "total": 1}, ORDER):
        data = json.dumps(each).encode()
        kinesis.put_record(StreamName=stream, Data=data, PartitionKey="1")
    observe.prints(ends, "CounterFunction", "id='o-1'")
    assert not [line for line in observe.printed(ends, "CounterFunction") if "small" in line]


@carries("ends", (Way.LONG_POLL, "consumer"))
def test_a_worker_takes_out_of_its_queue_what_it_handles(ends: Deployed, package: Any) -> None:
    url = ends.physical("JobsQueue")
    package.JobsQueue(url=url, client=ends.account.client("sqs")).publish(
        stubs.message(package, "Placed", ORDER)
    )
    handled: list[str] = []
    packing = import_module("ends_messaging.consumers.packing")
    handle = packing.handler(lambda message, _: handled.append(message.id))
    sqs = ends.account.assume(ends.outputs["PackingRoleArn"]).client("sqs")
    own = json.loads(ends.outputs["PackingEnvironment"])["ENDS_JOBS_QUEUE_URL"]

    def poll() -> bool:
        response = sqs.receive_message(
            QueueUrl=own,
            WaitTimeSeconds=2,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
        )
        if done := handle.received(response):
            sqs.delete_message_batch(QueueUrl=own, Entries=done)
        return bool(handled)

    eventually(poll, "the worker gets the message")
    assert handled == ["o-1"]
    assert observe.is_empty(ends, "JobsQueue")
