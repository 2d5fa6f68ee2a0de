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


@pytest.fixture(params=["fresh", "provided"])
def project(request: pytest.FixtureRequest, initialised: dict[str, Path]) -> Path:
    return initialised[request.param]


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


def test_pyright(project: Path, pyright: dict[Path, list[str]]) -> None:
    """As it is without any configuration, but for the folder of the package."""
    assert pyright[project] == []


def test_pyright_sees_what_is_wrong(wrong: Path, pyright: dict[Path, list[str]]) -> None:
    lines = [said.removeprefix(f"{wrong / 'app.py'}:").partition(":")[0] for said in pyright[wrong]]
    assert lines[0] == "3"
    assert set(lines[1:]) == {"6", "7"}
