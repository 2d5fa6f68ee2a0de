"""What `msgc init` and `msgc build` write, together, under the tools that users have."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent
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


def run(command: list[str | Path], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


@pytest.fixture(scope="session", params=["fresh", "provided"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "provided":
        (folder / "messaging.yaml").write_text(PROVIDED)
    run([sys.executable, "-m", "msgc", "init", "--"], folder)
    run([sys.executable, "-m", "msgc", "build"], folder)
    (package,) = (folder / "src").iterdir()
    shutil.copytree(package, folder / "cdk.out/asset.0" / package.name)  # as `msgc synth` leaves it
    return folder


@pytest.mark.parametrize("configuration", [["--isolated"], ["--extend-select", "I,UP,B,W"]])
def test_ruff(project: Path, configuration: list[str], tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path, dirs_exist_ok=True)
    ruff = SCRIPTS / "ruff"
    run([ruff, "check", "--no-cache", *configuration, "."], tmp_path)
    if configuration == ["--isolated"]:
        run([ruff, "format", "--no-cache", *configuration, "--check", "."], tmp_path)


def test_mypy_strict(project: Path) -> None:
    """With what stands in pyproject.toml."""
    cache = ROOT / ".cache" / "mypy-examples"
    run([sys.executable, "-m", "mypy", "--strict", f"--cache-dir={cache}", "."], project)


def test_pyright(project: Path) -> None:
    run([SCRIPTS / "pyright", "--warnings", "--pythonpath", sys.executable, "."], project)
