"""What `validate` and `build` may load: a start costs more than the work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, environment

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
    if command == "validate":
        assert not {name for name in loaded if name.startswith(("msgc.emit", "msgc.synth"))}
