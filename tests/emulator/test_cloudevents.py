"""CloudEvents through topics, buses and queues to handlers, and those that others make."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from tests.assembly import synthesised
from tests.emulator import observe, stubs
from tests.emulator.account import Account
from tests.emulator.deploy import Deployed, deploy

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "cloudevents"


@pytest.fixture
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / f"events-{request.node.name}"
    shutil.copytree(SOURCE, folder)
    file = folder / "messaging.yaml"
    due = (datetime.now(UTC) + timedelta(seconds=45)).strftime("%Y-%m-%dT%H:%M:%S")
    file.write_text(file.read_text("utf-8").replace("2026-01-01T00:00:00", due), "utf-8")
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return folder


@pytest.fixture
def deployed(account: Account, project: Path) -> Deployed:
    return deploy(account, synthesised(project, validated=False))


def _event(body: Any) -> CloudEvent:
    """Read a body, or the detail of an event, as the SDK of CloudEvents does."""
    found = body.get("detail", body)
    read = JSONFormat().read(CloudEvent, json.dumps(found).encode())
    assert isinstance(read, CloudEvent)
    return read


def _arrived(deployed: Deployed, queue: str, text: str) -> CloudEvent:
    message = observe.arrives(deployed, queue, text, timeout=90.0)
    return _event(json.loads(message["Body"]))


def test_events_come_to_handlers_by_topics_buses_and_queues(
    deployed: Deployed, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = stubs.imported(monkeypatch, project, "events_messaging")
    client = deployed.account.client
    topic = events.OrdersTopic(arn=deployed.physical("OrdersTopic"), client=client("sns"))
    bus = events.CommerceBus(arn=deployed.physical("CommerceBus"), client=client("events"))

    topic.publish_many(
        [events.Placed(id="t-1", total=100), events.Bare(id="t-2", total=200)],
        correlation_id="c-1",
    )
    got = "got Placed(id='t-1', total=100.0) of com.example.events about t-1 for c-1"
    observe.prints(deployed, "WorkerFunction", got)
    topic.publish(events.Placed(id="t-3", total=99))
    assert _arrived(deployed, "SmallQueue", "t-3").get_data() == {"id": "t-3", "total": 99.0}

    bus.publish(events.Placed(id="b-1", total=200), correlation_id="c-2")
    bus.publish(events.Bare(id="b-2", total=300))
    bus.publish(events.Cancelled(id="b-3"))
    observe.prints(deployed, "WorkerFunction", "got Placed(id='b-1', total=200.0)")
    observe.prints(deployed, "WorkerFunction", "about b-1 for c-2")
    observe.prints(deployed, "WorkerFunction", "got Cancelled(id='b-3')")
    assert not [line for line in observe.printed(deployed, "WorkerFunction") if "t-2" in line]


def test_rules_tell_events_from_bare_payloads_and_make_some(
    deployed: Deployed, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = stubs.imported(monkeypatch, project, "events_messaging")
    client = deployed.account.client("events")
    bus = events.CommerceBus(arn=deployed.physical("CommerceBus"), client=client)
    bus.publish(events.Placed(id="b-1", total=1))
    bus.publish(events.Placed(id="b-2", total=100))
    assert _arrived(deployed, "DearQueue", "").get_data() == {"id": "b-2", "total": 100.0}
    bus.publish(events.Bare(id="b-3", total=100))
    body = json.loads(observe.arrives(deployed, "DearQueue")["Body"])
    assert body["detail"] == {"id": "b-3", "total": 100.0}
    made = _arrived(deployed, "MadeQueue", "b-1")
    assert made.get_data() == {"id": "b-1"}
    assert made.get_type() == "Cancelled"
    assert made.get_id().endswith("/made")
    assert made.get_time() is not None


def test_what_schedules_send_is_one(deployed: Deployed) -> None:
    body = json.loads(observe.arrives(deployed, "TicksQueue", timeout=90.0)["Body"])
    assert body["data"] == {"id": "tick"}
    assert (body["specversion"], body["type"]) == ("1.0", "Cancelled")


def test_an_event_of_others_comes_to_a_handler(deployed: Deployed) -> None:
    event = CloudEvent(
        {"id": "x-1", "source": "/elsewhere", "type": "Placed", "subject": "theirs"},
        {"id": "o-9", "total": 5},
    )
    deployed.account.client("sqs").send_message(
        QueueUrl=deployed.physical("WorkQueue"), MessageBody=JSONFormat().write(event).decode()
    )
    observe.prints(
        deployed,
        "WorkerFunction",
        "got Placed(id='o-9', total=5.0) of /elsewhere about theirs for None",
    )
