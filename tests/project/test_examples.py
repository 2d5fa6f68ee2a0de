"""What the examples have committed is fresh, and every tool that users have is content."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples.built import CARRIED, WHOLE, build_example, built_example

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/messaging.yaml"))
NAMES = [folder.name for folder in EXAMPLES]
WITH_TESTS = [folder.name for folder in EXAMPLES if (folder / "tests").is_dir()]
SCRIPTS = Path(sys.executable).parent

example = pytest.mark.parametrize("name", NAMES)


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


def test_one_is_committed_whole() -> None:
    command: list[str | Path] = [sys.executable, "-m", "msgc", "build", "--check", "--strict"]
    run(command, ROOT / "examples" / WHOLE, PYTHONPATH=str(ROOT / "src"))


@example
def test_what_is_committed_is_what_is_generated(name: str) -> None:
    """A build adds the runtime and the kit, and changes nothing that lies there."""
    built, committed = texts(built_example(name)), texts(ROOT / "examples" / name)
    added = {path for path in built if {*CARRIED} & {*Path(path).parts}}
    assert added
    of_user = {path: text for path, text in built.items() if path not in added}
    assert of_user == {p: t for p, t in committed.items() if not {*CARRIED} & {*Path(p).parts}}


def texts(folder: Path) -> dict[str, str]:
    """The files of an example, but for what tools leave in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", "cdk.out", ".mypy_cache"} & {*path.parts}
    }


@example
def test_generated_code_is_as_ruff_would_have_it(name: str, tmp_path: Path) -> None:
    """With ruff's defaults, without any configuration."""
    for part in ("infra", "src"):
        shutil.copytree(built_example(name) / part, tmp_path / part)
    run([SCRIPTS / "ruff", "check", "--isolated", "--no-cache"], tmp_path)
    run([SCRIPTS / "ruff", "format", "--isolated", "--no-cache", "--check"], tmp_path)


@pytest.mark.parametrize("name", WITH_TESTS)
def test_its_own_tests(name: str, tmp_path: Path) -> None:
    """As its user runs them: pytest in that folder, msgc being nowhere."""
    copy = build_example(name, tmp_path / name)
    run([sys.executable, "-m", "pytest", "-W", "error"], copy, PYTHONPATH="")


@example
def test_mypy_strict(name: str) -> None:
    folder = built_example(name)
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
def test_pyright_strict(name: str, pyright: dict[Path, list[str]]) -> None:
    """The stubs and handlers strictly; the stack as pyright's standard mode has it."""
    assert pyright[built_example(name)] == []
