"""What a shell is offered: by the variables with which click's scripts call the program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import environment

pytestmark = pytest.mark.once

FILE = """\
version: 1
service: shop
messages:
  Placed: {schema: {type: object}}
  Cancelled: {schema: {type: object}}
topics: {orders: {messages: [Placed, Cancelled]}}
queues: {jobs: {fifoo: true}}
buses: {commerce: }
subscriptions:
  nightly: {from: {schedule: x}}
  others: {from: {bus: commerce}}
"""


def completed(folder: Path, *words: str) -> list[str]:
    """What is offered for the last word, asserting that nothing is said beside it."""
    line = " ".join(("msgc", *words))
    done = subprocess.run(
        [sys.executable, "-m", "msgc"],
        cwd=folder,
        env={
            **environment(),
            "_MSGC_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words)),
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


def test_findings(tmp_path: Path) -> None:
    offered = completed(tmp_path, "explain", "queue-w")
    assert offered == ["queue-without-dlq", "queue-without-consumer", "queue-without-source"]
    assert completed(tmp_path, "explain", "MSG44")[:2] == ["MSG440", "MSG441"]
    assert {"missing-key", "MSG201"} <= set(completed(tmp_path, "explain", "m"))
    assert completed(tmp_path, "explain", "nothing-like") == []


def test_messages_and_places_of_a_file_with_mistakes(tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(FILE)
    assert completed(tmp_path, "route", "--message", "P") == ["Placed"]
    assert completed(tmp_path, "route", "--message=") == ["Placed", "Cancelled"]
    assert completed(tmp_path, "route", "--message", "Placed", "--to", "q") == ["queue/jobs"]
    assert completed(tmp_path, "route", "--schedule", "") == ["nightly"]
    assert completed(tmp_path, "route", "--to", "bus/") == ["bus/commerce", "bus/default"]


def test_of_the_files_that_are_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        text = FILE.replace("Placed", name.title())
        (tmp_path / name / "messaging.yaml").write_text(text)
    assert completed(tmp_path, "route", "two", "--message", "T") == ["Two"]
    assert completed(tmp_path, "route", "one", "--message", "T") == []
    assert completed(tmp_path, "route", "--message", "O") == ["One"]


def test_silence_about_what_cannot_be_read(tmp_path: Path) -> None:
    assert completed(tmp_path, "route", "--message", "P") == []
    (tmp_path / "messaging.yaml").write_text("messages: [\n")
    assert completed(tmp_path, "route", "--message", "P") == []
    (tmp_path / "messaging.yaml").write_text("messages: [A]\ntopics: text\n")
    assert completed(tmp_path, "route", "--message", "A") == []
    assert completed(tmp_path, "route", "--to", "topic") == []
