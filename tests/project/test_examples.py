"""What the examples have committed is fresh, and every tool that users have is content."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.conftest import EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
WITH_TESTS = [folder for folder in EXAMPLES if (folder / "tests").is_dir()]
SCRIPTS = Path(sys.executable).parent

example = pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.name)


def run(command: list[str | Path], folder: Path, **extra: str) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | extra,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]


@example
def test_what_is_committed_is_what_is_generated(folder: Path) -> None:
    command: list[str | Path] = [sys.executable, "-m", "msgc", "build", "--check", "--strict"]
    run(command, folder, PYTHONPATH=str(ROOT / "src"))


@example
def test_generated_code_is_as_ruff_would_have_it(folder: Path, tmp_path: Path) -> None:
    """With ruff's defaults, without any configuration."""
    for name in ("infra", "src"):
        shutil.copytree(folder / name, tmp_path / name)
    run([SCRIPTS / "ruff", "check", "--isolated", "--no-cache"], tmp_path)
    run([SCRIPTS / "ruff", "format", "--isolated", "--no-cache", "--check"], tmp_path)


@pytest.mark.parametrize("folder", WITH_TESTS, ids=lambda path: path.name)
def test_its_own_tests(folder: Path, tmp_path: Path) -> None:
    """As its user runs them: pytest in that folder, msgc being nowhere."""
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__", "cdk.out"))
    run([sys.executable, "-m", "pytest", "-W", "error"], copy, PYTHONPATH="")


@example
def test_mypy_strict(folder: Path) -> None:
    cache = ROOT / ".cache" / "mypy-examples"
    command: list[str | Path] = [
        *(sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={cache}"),
        "--explicit-package-bases",
    ]
    run([*command, "app.py", "infra", "src"], folder, MYPYPATH="src:.")
    for handler in sorted((folder / "lambdas").glob("*/app.py")):  # all of one name
        run([*command, handler], folder, MYPYPATH="src")
    if (folder / "tests").is_dir():
        run([*command, "tests"], folder, MYPYPATH="src:lambdas:tests")


@example
def test_pyright_strict(folder: Path, pyright: dict[Path, list[str]]) -> None:
    """The stubs and handlers strictly; the stack as pyright's standard mode has it."""
    assert pyright[folder] == []
