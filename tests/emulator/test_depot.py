"""Functions of a deployed stack that do each thing once, and say what becomes of their messages."""

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
from tests.emulator.waiting import eventually

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "depot"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "depot"
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def depot(shared_account: Account, project: Path) -> Deployed:
    return deploy(shared_account, synthesised(project, validated=False))


def finishes(depot: Deployed, function: str, key: str, count: int) -> list[str]:
    """Wait until a function has done all of a sort; return all that it did of it."""

    def probe() -> list[str] | None:
        found = [each for each in observe.printed(depot, function) if each.startswith(f"did {key}")]
        return found if len({*found}) >= count else None

    found = eventually(probe, f"{function} does {count} of {key}", 120.0)
    assert found is not None
    return found


def test_each_is_done_once_or_given_up(
    depot: Deployed, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some come twice, some wait for a second, one is given up; and all that is stormy fails."""
    package = stubs.imported(monkeypatch, project, "depot_messaging")
    stubs.configure(monkeypatch, depot, "GateEnvironment")
    client = depot.account.assume(depot.outputs["GateRoleArn"]).client("sqs")

    def publish(place: Any, key: str, count: int, lane: str = "meadow") -> None:
        items = [package.Item(key=f"{key}-{n}", lane=lane, number=n) for n in range(count)]
        assert len(place(client=client).publish_many(items)) == count

    publish(package.StormyQueue, "storm", 5)
    publish(package.LooseQueue, "loose", 24)
    publish(package.LooseQueue, "loose", 12)
    publish(package.LooseQueue, "sunk", 1, lane="swamp")
    gone = observe.arrives(depot, "LooseDlq", "swamp", 120.0)
    assert gone["MessageAttributes"]["dead_letter_reason"]["StringValue"] == "it sank in the swamp"
    assert len(finishes(depot, "LooseFunction", "loose", 24)) == 24
    finishes(depot, "StormyFunction", "storm", 5)
    eventually(lambda: observe.is_empty(depot, "LooseQueue"), "all is acknowledged", 60.0)
    assert sorted(finishes(depot, "LooseFunction", "loose", 24)) == sorted(
        f"did loose-{n}" for n in range(24)
    )
    said = observe.printed(depot, "StormyFunction")
    assert any("failed with the whole batch" in line for line in said)
