"""A FIFO queue behind a bus gets events, and one behind a topic messages in groups.

The emulator takes a rule's message group as it is written, where EventBridge reads it as a path.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assembly import synthesised
from tests.emulator import observe
from tests.emulator.account import Account
from tests.emulator.deploy import Deployed, deploy

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "turns"


@pytest.fixture
def turns(account: Account, tmp_path: Path) -> Deployed:
    folder = tmp_path / "turns"
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return deploy(account, synthesised(folder, validated=False))


def test_an_event_comes_into_the_queue(turns: Deployed) -> None:
    detail = {"customer": "ada", "street": "mill"}
    entry = {"Source": "turns", "DetailType": "Called", "Detail": json.dumps(detail)}
    bus = turns.physical("CallsBus")
    turns.account.client("events").put_events(Entries=[{**entry, "EventBusName": bus}])
    message = observe.arrives(turns, "ByCustomerQueue")
    assert json.loads(message["Body"])["detail"] == detail
    assert message["Attributes"]["MessageGroupId"] == "$.detail.customer"
    assert observe.is_empty(turns, "LostQueue")


def test_a_message_keeps_its_group(turns: Deployed) -> None:
    turns.account.client("sns").publish(
        TopicArn=turns.physical("MovesTopic"),
        Message='{"customer": "ada", "street": "mill"}',
        MessageGroupId="ada#mill",
        MessageDeduplicationId="mill",
        MessageAttributes={"message_type": {"DataType": "String", "StringValue": "Moved"}},
    )
    message = observe.arrives(turns, "MovedQueue")
    assert message["Attributes"]["MessageGroupId"] == "ada#mill"
