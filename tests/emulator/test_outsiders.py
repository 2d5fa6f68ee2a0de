"""Other accounts publish and subscribe as far as the policies of places let them in."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from tests.assembly import synthesised
from tests.emulator import observe
from tests.emulator.account import Account
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.server import Emulator

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "outsiders"
ORDER = {"id": "o-1"}
DENIED = "AccessDenied|AuthorizationError|not authorized"


@pytest.fixture(scope="module")
def doors(shared_account: Account, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """Deployed once: no two tests look at one place."""
    folder = tmp_path_factory.mktemp("doors") / "outsiders"
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return deploy(shared_account, synthesised(folder, validated=False))


@pytest.fixture
def partner(emulator: Emulator) -> Account:
    """The account that the file names."""
    return Account(emulator, "444455556666")


@pytest.fixture
def stranger(emulator: Emulator) -> Account:
    return Account(emulator, "777788889999")


def test_a_partner_publishes_to_the_topic(doors: Deployed, partner: Account) -> None:
    topic = doors.physical("OrdersTopic")
    partner.client("sns").publish(TopicArn=topic, Message=json.dumps(ORDER))
    assert json.loads(observe.arrives(doors, "JobsQueue")["Body"]) == ORDER


def test_a_stranger_does_not(doors: Deployed, stranger: Account) -> None:
    with pytest.raises(ClientError, match=DENIED):
        stranger.client("sns").publish(TopicArn=doors.physical("OrdersTopic"), Message="{}")
    with pytest.raises(ClientError, match=DENIED):
        stranger.client("sns").subscribe(
            TopicArn=doors.physical("OrdersTopic"), Protocol="sqs", Endpoint="arn:aws:sqs:::a"
        )
    with pytest.raises(ClientError, match=DENIED):
        stranger.client("sqs").send_message(QueueUrl=doors.physical("InboxQueue"), MessageBody="{}")


def test_a_partner_sends_to_the_queue_and_takes_nothing_out(
    doors: Deployed, partner: Account
) -> None:
    url = doors.physical("InboxQueue")
    partner.client("sqs").send_message(QueueUrl=url, MessageBody=json.dumps(ORDER))
    with pytest.raises(ClientError, match=DENIED):
        partner.client("sqs").receive_message(QueueUrl=url)
    assert json.loads(observe.arrives(doors, "InboxQueue")["Body"]) == ORDER


def test_a_partner_is_not_let_into_other_topics(doors: Deployed, partner: Account) -> None:
    with pytest.raises(ClientError, match=DENIED):
        partner.client("sns").publish(TopicArn=doors.physical("AlarmsTopic"), Message="{}")


def test_the_topic_has_one_policy_with_everybody_in_it(doors: Deployed) -> None:
    topic = doors.physical("OrdersTopic")
    found = doors.account.client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]
    statements = json.loads(found["Policy"])["Statement"]
    assert [statement["Effect"] for statement in statements] == ["Deny", "Allow", "Allow", "Allow"]


def test_strangers_tell_the_type_in_the_body(doors: Deployed) -> None:
    sns, topic = doors.account.client("sns"), doors.physical("ParcelsTopic")
    for body in (
        {"kind": "returned", "id": "o-1"},
        {"kind": "shipped", "id": "x-2"},
        {"kind": "shipped", "id": "o-3"},
    ):
        sns.publish(TopicArn=topic, Message=json.dumps(body))
    assert json.loads(observe.arrives(doors, "ShippedQueue")["Body"])["id"] == "o-3"


def test_strangers_tell_the_type_in_an_attribute(doors: Deployed) -> None:
    sns, topic = doors.account.client("sns"), doors.physical("PaymentsTopic")
    for name in ("Refunded", "Paid"):
        sns.publish(
            TopicArn=topic,
            Message=json.dumps({"id": name}),
            MessageAttributes={"eventType": {"DataType": "String", "StringValue": name}},
        )
    assert json.loads(observe.arrives(doors, "PaidQueue")["Body"])["id"] == "Paid"
