"""New projects, as `msgc init` and `msgc build` write them; what pyright says of all projects."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.examples.built import built_example

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/messaging.yaml"))
PYRIGHT = Path(sys.executable).with_name("pyright")
PARTS = ("src", "infra", "lambdas", "tests", "app.py")
"""What of an example is its user's."""
STANDARD = ("infra", "app.py")
"""What of an example is checked as pyright does by itself; the other parts strictly."""

PROVIDED = """\
version: 1
service: a-service-whose-name-is-as-long-as-names-of-services-get
messages:
  Done: {schema: {type: object, properties: {id: {type: string}}}}
queues: {jobs: {messages: [Done]}}
consumers:
  worker: {from: {queue: jobs}, function: {code: lambdas/worker}, publishes: [{bus: all}]}
  watcher: {from: {bus: all}, function: provided}
buses: {all: {messages: [Done]}}
subscriptions: {kept: {from: {bus: all}, to: {log_group: provided}}}
producers: {web: {publishes: [{queue: jobs}], role: provided}}
"""

WRONG = """\
from aws_cdk import aws_sqs as sqs

queue: sqs.Queue = 1


def strictly(argument):
    return argument
"""
"""What pyright must object to, the second only strictly."""


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A new project, and one of a messaging.yaml that was there."""
    found = {}
    for name in ("fresh", "provided"):
        folder = found[name] = tmp_path_factory.mktemp(name)
        if name == "provided":
            (folder / "messaging.yaml").write_text(PROVIDED)
        for command in (["init", "--"], ["build"]):
            subprocess.run(
                [sys.executable, "-m", "msgc", *command],
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
                check=True,
                capture_output=True,
            )
        (package,) = (folder / "src").iterdir()
        # as `msgc synth` leaves it
        shutil.copytree(package, folder / "cdk.out/asset.0" / package.name)
    return found


@pytest.fixture(scope="session")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that must not pass."""
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "app.py").write_text(WRONG)
    return folder


@pytest.fixture(scope="session")
def pyright(
    initialised: dict[str, Path], wrong: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, list[str]]:
    """What pyright says of each project, warnings too: in one run, which reads aws_cdk once."""
    home = tmp_path_factory.mktemp("pyright")
    examples = [built_example(name) for name in EXAMPLES]
    parts = {
        folder: [folder / name for name in PARTS if (folder / name).exists()] for folder in examples
    }
    parts |= {folder: [folder] for folder in (*initialised.values(), wrong)}
    strict = [part for each in examples for part in parts[each] if part.name not in STANDARD]
    configuration = settings(parts, [*strict, wrong], home)
    (home / "pyrightconfig.json").write_text(json.dumps(configuration))
    done = subprocess.run(
        [PYRIGHT, "--project", home, "--outputjson", "--pythonpath", sys.executable],
        check=False,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout)
    said: dict[Path, list[str]] = {folder: [] for folder in parts}
    for each in found["generalDiagnostics"]:
        (folder,) = [folder for folder in parts if Path(each["file"]).is_relative_to(folder)]
        line = each["range"]["start"]["line"] + 1
        said[folder].append(f"{each['file']}:{line}: {each['message']}")
    files = {
        file
        for included in parts.values()
        for part in included
        for file in ([part] if part.is_file() else part.rglob("*.py"))
    }
    assert found["summary"]["filesAnalyzed"] == len(files), "pyright passed over the files"
    return said


def settings(parts: dict[Path, list[Path]], strict: list[Path], home: Path) -> dict[str, Any]:
    """Return a configuration for all projects, each with its own code to import."""

    def relative(path: Path) -> str:  # pyright passes over absolute ones
        return os.path.relpath(path, home)

    return {
        "include": [relative(part) for each in parts.values() for part in each],
        "strict": [relative(part) for part in strict],
        "exclude": ["**/__pycache__"],
        "pythonVersion": "3.11",
        "executionEnvironments": [
            {
                "root": relative(folder),
                "extraPaths": [
                    relative(folder / name)
                    for name in (PARTS if folder.name in EXAMPLES else ("src",))
                    if (folder / name).is_dir()
                ],
            }
            for folder in parts
        ],
    }
