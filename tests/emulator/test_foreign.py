"""What other code publishes, without attributes, passes the filters that are made for it."""

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

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "foreign"


@pytest.fixture
def foreign(account: Account, tmp_path: Path) -> Deployed:
    folder = tmp_path / "foreign"
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return deploy(account, synthesised(folder, validated=False))


def test_each_queue_gets_its_own(foreign: Deployed) -> None:
    client, topic = foreign.account.client("sns"), foreign.physical("MachinesTopic")
    for status in ("ready", "broken"):
        client.publish(TopicArn=topic, Message=json.dumps({"status": status}))
    for status, queue in (("ready", "ReadyQueue"), ("broken", "BrokenQueue")):
        message = observe.arrives(foreign, queue)
        assert json.loads(message["Body"]) == {"status": status}
        assert "MessageAttributes" not in message
        assert observe.is_empty(foreign, queue)
