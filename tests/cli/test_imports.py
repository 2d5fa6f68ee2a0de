"""What `validate` and `build` may load: a start costs more than the work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, ROOT, environment

FORBIDDEN = {
    "asyncio", "aws_cdk", "boto3", "botocore", "concurrent", "dataclasses", "difflib", "email",
    "http", "importlib.metadata", "importlib.resources", "jsonschema", "logging.config", "platform",
    "ssl", "subprocess", "urllib.request",
}  # fmt: skip

PROGRAM = """
import sys
before = set(sys.modules)
import yaml, click, json
bare = set(sys.modules)
from msgc.cli.main import run
assert run(sys.argv[1:]) == 0
print("\\n".join(sorted(set(sys.modules) - bare)))
"""


OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, what: opened.append(str(what[0])) if event == "open" else None)
from msgc.cli.main import run
assert run(sys.argv[2:]) == int(sys.argv[1])
print(*(path for path in opened if path.endswith(".md")), sep="\\n", file=sys.stderr)
"""


@pytest.mark.parametrize("command", ["validate", "build"])
def test_what_is_loaded(tmp_path: Path, command: str) -> None:
    (tmp_path / "messaging.yaml").write_text(GOOD)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, command, "--format=json"],
        cwd=tmp_path,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = {line for line in done.stdout.splitlines() if line and not line.startswith((" ", "{"))}
    assert not {name for name in loaded if name in FORBIDDEN or name.partition(".")[0] in FORBIDDEN}
    if command == "validate":  # which reads where outputs go, and makes none
        emitting = {name for name in loaded if name.startswith(("msgc.emit", "msgc.synth"))}
        assert emitting == {"msgc.emit", "msgc.emit.emitters", "msgc.emit.outputs"}


@pytest.mark.parametrize(
    ("arguments", "status", "read"),
    [
        (["validate"], 1, []),
        (["build"], 1, []),
        (["rules"], 0, []),
        (["explain", "unknown-key"], 0, ["schema/explanations/unknown-key.md"]),
    ],
    ids=["validate", "build", "rules", "explain"],
)
def test_an_explanation_is_read_when_somebody_asks(
    tmp_path: Path, arguments: list[str], status: int, read: list[str]
) -> None:
    (tmp_path / "messaging.yaml").write_text(f"{GOOD}topic: {{}}\n")
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(status), *arguments],
        cwd=tmp_path,
        env=environment(),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    found = [line for line in done.stderr.splitlines() if line.endswith(".md")]
    assert [Path(line).relative_to(ROOT / "src/msgc").as_posix() for line in found] == read
