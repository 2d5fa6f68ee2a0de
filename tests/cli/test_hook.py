"""Without options, `msgc validate` runs without click, and says and returns the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from msgc.cli.hook import is_plain
from tests.cli.conftest import GOOD, Msgc, environment

LOADED = """
import sys
from msgc.cli.main import run
status = run(sys.argv[1:])
print(status, "click" in sys.modules)
"""
WRONG = GOOD.replace("queues:", "queus:", 1)


@pytest.mark.parametrize("paths", [[], ["messaging.yaml"], [".", "messaging.yaml"]])
def test_click_is_not_loaded(tmp_path: Path, paths: list[str]) -> None:
    (tmp_path / "messaging.yaml").write_text(GOOD)
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "validate", *paths],
        cwd=tmp_path,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "0 False\n"


@pytest.mark.parametrize(
    ("arguments", "plain"),
    [
        (["validate"], True),
        (["validate", "a.yaml", "b"], True),
        (["validate", "--strict"], False),
        (["validate", "a.yaml", "--format=json"], False),
        (["validate", "--", "a.yaml"], False),
        (["build"], False),
        (["--help"], False),
        ([], False),
    ],
)
def test_what_is_plain(arguments: list[str], *, plain: bool) -> None:
    assert is_plain(arguments) is plain


def test_completion_is_for_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_MSGC_COMPLETE", "bash_complete")
    assert not is_plain(["validate"])


@pytest.mark.parametrize(
    "files",
    [
        {"messaging.yaml": GOOD},
        {"messaging.yaml": WRONG},
        {"messaging.yaml": ""},
        {"messaging.yaml": "\0"},
        {"messaging.yaml": GOOD, "messaging.yml": GOOD},
        {"one/messaging.yaml": GOOD, "two/messaging.yaml": WRONG},
        {},
    ],
    ids=["right", "wrong", "empty", "binary", "two names", "two folders", "none"],
)
def test_it_says_what_click_says(tmp_path: Path, msgc: Msgc, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    plain, by_click = msgc("validate"), msgc("validate", "--format", "text")
    assert (plain.returncode, plain.stdout, plain.stderr) == (
        by_click.returncode,
        by_click.stdout,
        by_click.stderr,
    )
