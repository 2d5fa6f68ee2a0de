"""What rules make of events, and what schedules send: each message over its edge."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from msgc.kinds import Way
from tests.assembly import synthesised
from tests.emulator import observe
from tests.emulator.account import Account
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.edges import carries

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "sends"


@pytest.fixture
def sends(account: Account, tmp_path: Path, request: pytest.FixtureRequest) -> Deployed:
    folder = tmp_path / f"sends-{request.node.name}"
    shutil.copytree(SOURCE, folder)
    file = folder / "messaging.yaml"
    due = (datetime.now(UTC) + timedelta(seconds=45)).strftime("%Y-%m-%dT%H:%M:%S")
    file.write_text(file.read_text("utf-8").replace("2026-01-01T00:00:00", due), "utf-8")
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return deploy(account, synthesised(folder, validated=False))


def _body(deployed: Deployed, queue: str) -> object:
    return json.loads(observe.arrives(deployed, queue, timeout=90.0)["Body"])


@carries(
    "sends",
    (Way.EVENT_RULE, "queue"),
    (Way.EVENT_RULE, "topic"),
    (Way.EVENT_RULE, "consumer"),
    (Way.SNS_SUBSCRIPTION, "queue"),
)
def test_rules_deliver_what_they_make_of_events(sends: Deployed) -> None:
    detail = {"id": "o-1", "total": 12.5}
    entry = {
        "EventBusName": sends.physical("CommerceBus"),
        "Source": "sends",
        "DetailType": "Placed",
        "Detail": json.dumps(detail),
    }
    events = sends.account.client("events")
    assert events.put_events(Entries=[entry])["FailedEntryCount"] == 0
    assert _body(sends, "ReceiptsQueue") == {
        "id": "o-1",
        "text": 'a <b>"quoted"</b> one, <$.',
        "total": 12.5,
        "type": "Placed",
        "tags": ["o-1", "x"],
    }
    assert _body(sends, "ConstantQueue") == {"kind": "placed"}
    assert _body(sends, "BehindTopicQueue") == detail
    observe.prints(sends, "WorkerFunction", "text='hello'")


@carries(
    "sends",
    (Way.SCHEDULE, "queue"),
    (Way.SCHEDULE, "consumer"),
    (Way.SCHEDULE, "topic"),
    (Way.SCHEDULE, "state_machine"),
    (Way.SCHEDULE, "target"),
)
def test_schedules_send_when_they_are_due(sends: Deployed) -> None:
    """When all is deployed. Queues refuse what comes by a topic, without TLS here: a function."""
    assert _body(sends, "TicksQueue") == {"kind": "tick"}
    assert _body(sends, "HandedOver") == {"kind": "handed-over"}
    observe.prints(sends, "TimerFunction", "kind='timer'", timeout=90.0)
    observe.prints(sends, "ListenerFunction", "kind='told'", timeout=90.0)
    assert observe.runs(sends, "Nightly", "run") == {"kind": "run"}
    assert observe.is_empty(sends, "NeverQueue")
