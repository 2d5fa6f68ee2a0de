"""Without options, `validate` and `build` run without click, and say and return the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from msgc.cli.plain import is_plain
from tests.cli.conftest import GOOD, Msgc, environment

LOADED = """
import sys
from msgc.cli.main import run
status = run(sys.argv[1:])
print(f"{status}, click: {'click' in sys.modules}")
"""
WRONG = GOOD.replace("queues:", "queus:", 1)


@pytest.mark.parametrize("command", ["validate", "build"])
@pytest.mark.parametrize("paths", [[], ["messaging.yaml"], [".", "messaging.yaml"]])
@pytest.mark.parametrize(("text", "status"), [(GOOD, 0), (WRONG, 1)], ids=["right", "wrong"])
def test_click_is_not_loaded(
    tmp_path: Path, command: str, paths: list[str], text: str, status: int
) -> None:
    (tmp_path / "messaging.yaml").write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", LOADED, command, *paths],
        cwd=tmp_path,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines()[-1] == f"{status}, click: False"


@pytest.mark.parametrize(
    ("arguments", "plain"),
    [
        (["validate"], True),
        (["validate", "a.yaml", "b"], True),
        (["validate", "--strict"], False),
        (["validate", "a.yaml", "--format=json"], False),
        (["validate", "--", "a.yaml"], False),
        (["build"], True),
        (["build", "a", "--check"], False),
        (["graph"], False),
        (["--help"], False),
        ([], False),
    ],
)
def test_what_is_plain(arguments: list[str], *, plain: bool) -> None:
    assert is_plain(arguments) is plain


def test_completion_is_for_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_MSGC_COMPLETE", "bash_complete")
    assert not is_plain(["validate"])


FILES = {
    "right": {"messaging.yaml": GOOD},
    "wrong": {"messaging.yaml": WRONG},
    "empty": {"messaging.yaml": ""},
    "binary": {"messaging.yaml": "\0"},
    "two names": {"messaging.yaml": GOOD, "messaging.yml": GOOD},
    "two folders": {"one/messaging.yaml": GOOD, "two/messaging.yaml": WRONG},
    "none": {},
}


@pytest.mark.parametrize("command", ["validate", "build"])
@pytest.mark.parametrize("files", FILES.values(), ids=FILES)
def test_it_says_what_click_says(
    tmp_path: Path, msgc: Msgc, command: str, files: dict[str, str]
) -> None:
    said = []
    for options in ([], ["--format", "text"]):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
        done = msgc(command, *options)
        said.append((done.returncode, done.stdout, done.stderr))
        for path in sorted(tmp_path.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    assert said[0] == said[1]
