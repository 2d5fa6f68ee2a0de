"""Generated packages under the checkers that users run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PLANTED = Path(__file__).parent / "planted.py.txt"


@pytest.fixture(scope="module")
def project(shop_source: Path) -> Path:
    """A user's project: the package, and a module that uses it well and badly."""
    (shop_source / "planted.py").write_text(PLANTED.read_text(encoding="utf-8"))
    return shop_source


def _run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def _marked(project: Path) -> set[int]:
    lines = (project / "planted.py").read_text(encoding="utf-8").splitlines()
    return {i for i, line in enumerate(lines, 1) if "# error" in line}


def test_ruff(project: Path) -> None:
    checked = _run(project, "ruff", "check", "--isolated", "--no-cache", "shop_messaging")
    assert checked.returncode == 0, checked.stdout
    formatted = _run(
        project, "ruff", "format", "--isolated", "--no-cache", "--diff", "shop_messaging"
    )
    assert formatted.returncode == 0, formatted.stdout


def test_import_order(project: Path) -> None:
    checked = _run(
        project, "ruff", "check", "--isolated", "--no-cache", "--select=I", "shop_messaging"
    )
    assert checked.returncode == 0, checked.stdout


def test_mypy(project: Path) -> None:
    done = _run(
        project, "mypy", "--strict", "--python-version=3.11", "--no-error-summary",
        "--show-error-end", "--config-file=", "--cache-dir=.mypy", "-p", "shop_messaging",
        "-m", "planted",
    )  # fmt: skip
    found = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert [line for line in found if not line.startswith("planted.py")] == []
    assert {int(line.split(":")[1]) for line in found} == _marked(project), done.stdout


def test_pyright(project: Path) -> None:
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (project / "pyrightconfig.json").write_text(json.dumps(settings))
    done = _run(project, "pyright", "--outputjson", "--pythonpath", sys.executable)
    found = json.loads(done.stdout)["generalDiagnostics"]
    others = [f"{d['file']}: {d['message']}" for d in found if "planted" not in d["file"]]
    assert not others, "\n".join(others)
    lines = {d["range"]["start"]["line"] + 1 for d in found}
    assert lines == _marked(project), done.stdout
