"""`dev.py quick` and `dev.py room` know the tests of every room, and every folder of tests."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dev
from tests import rooms

TESTED = {"disk": ("test_disk.py",), "emit": ("cdk", "stubs"), "lint": ("lint",)}


@pytest.mark.parametrize("name", rooms.rooms())
def test_every_room_has_tests(name: str) -> None:
    tests = rooms.tests_of(name)
    assert tests
    for test in tests:
        assert (rooms.TESTS / test).exists()
    assert tests == TESTED.get(name, tests)


def test_every_folder_of_tests_is_run_by_a_name() -> None:
    there = {path.name for path in rooms.TESTS.iterdir() if any(path.glob("test_*.py"))}
    assert set(rooms.folders()) == there
    for folder in there:
        assert folder in rooms.tests_of(folder)
    assert rooms.tests_of("nothing") == rooms.tests_of("cases") == ()


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        (["src/msgc/report/text.py"], ["report", rooms.GOLDEN]),
        (["src/msgc/tree.py", "tests/test_tree.py"], ["test_tree.py", rooms.GOLDEN]),
        (["src/msgc/pipeline/build.py", "src/msgc/report/text.py"], ["pipeline", "report"]),
        (["src/msgc/emit/cdk/kit.py"], ["cdk", "stubs", rooms.GOLDEN]),
        (["tests/lint/test_run.py"], ["lint/test_run.py"]),
        (["tests/lint/phases.py"], ["lint"]),
        (["tests/lint/test_removed.py"], ["lint"]),
        (["tests/cases/lint/x/messaging.yaml"], ["lint"]),
        (["tests/cases/ok/x/messaging.yaml"], [rooms.GOLDEN]),
        (["CHANGELOG.md", "docs/speed.md"], ["project"]),
        ([], []),
    ],
)
def test_what_a_change_is_about(changed: list[str], tests: list[str]) -> None:
    assert list(rooms.touched(changed)) == tests


def test_fast_tests() -> None:
    assert rooms.fast(["report", "runtime"]) == ("report", "runtime")
    assert rooms.fast(["cdk"]) == ("cdk/test_graph.py",)
    assert rooms.fast(["lint/test_run.py"]) == ("lint/test_run.py",)
    assert rooms.fast(["emulator", *dev.NOT_FAST]) == ()


@pytest.mark.parametrize("path", [*dev.FAST, *dev.NOT_FAST])
def test_what_is_called_fast_is_there(path: str) -> None:
    assert (rooms.TESTS / path).exists()


def test_arguments() -> None:
    assert rooms.split(["lint", "report", "-x", "-k", "name"]) == (
        ["lint", "report"],
        ["-x", "-k", "name"],
    )
    assert rooms.split([]) == ([], [])


def test_a_room_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert rooms.room(["lint", "lnit"]) == 2
    said = capsys.readouterr().err
    assert "lnit; python3 dev.py room NAME..., of: artifact, audit, catalog, cdk, claims" in said
    assert rooms.room([]) == 2


def test_dev_tells_its_tasks() -> None:
    done = subprocess.run(
        [sys.executable, "dev.py"], cwd=dev.ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 2
    for task in ("demo", "quick", "room", "test", "fast", "setup", "mutate"):
        assert f"python3 dev.py {task} " in done.stdout
