"""What a handler can't take ends in the dead-letter queue, and the rest of its batch doesn't."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.assembly import synthesised
from tests.emulator import observe, stubs
from tests.emulator.account import Account
from tests.emulator.deploy import Deployed, deploy

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "poison"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The topology, built by `msgc build` as a user builds it."""
    folder = tmp_path_factory.mktemp("built") / "poison"
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return folder


@pytest.fixture
def poison(account: Account, project: Path) -> Deployed:
    return deploy(account, synthesised(project, validated=False))


@pytest.fixture
def jobs(poison: Deployed, project: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    package = stubs.imported(monkeypatch, project, "poison_messaging")
    queue = package.JobsQueue(url=poison.physical("JobsQueue"), client=poison.account.client("sqs"))
    return lambda **fields: queue.publish_many(
        [package.Job(id=id_, good=good) for id_, good in fields.items()]
    )


def test_it_ends_in_the_dead_letter_queue(poison: Deployed, jobs: Any) -> None:
    jobs(fine=True, broken=False)
    dead = observe.arrives(poison, "JobsDlq", "broken")
    assert dead["MessageAttributes"]["message_type"]["StringValue"] == "Job"
    tries = [line for line in observe.printed(poison, "WorkerFunction") if "try" in line]
    # As often as `dead_letter: {after: 2}` says; its neighbour once, for failures are by message.
    assert sorted(tries) == ["try broken", "try broken", "try fine"]
    assert observe.is_empty(poison, "JobsQueue")


def test_what_breaks_the_schema_does_too(poison: Deployed) -> None:
    poison.account.client("sqs").send_message(
        QueueUrl=poison.physical("JobsQueue"), MessageBody='{"id": 7}'
    )
    assert observe.arrives(poison, "JobsDlq")["Body"] == '{"id": 7}'
