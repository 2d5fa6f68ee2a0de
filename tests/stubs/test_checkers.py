"""Generated packages under the checkers that users run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from msgc.source import Disk
from tests.stubs.calls import BAZAAR, CALLS, HANDLERS
from tests.stubs.misuse import consumers, program, surface
from tests.stubs.package import imported, stubs_of, written

PLANTED = Path(__file__).parent / "planted.py.txt"
PACKAGES = ("shop_messaging", "bazaar_messaging")
PROGRAMS = ("planted", "calls")


@pytest.fixture(scope="module")
def bazaar(shop_source: Path) -> Iterator[Any]:
    written(stubs_of(str(BAZAAR), Disk()), shop_source.parent)
    with imported(shop_source, "bazaar_messaging") as package:
        yield package


@pytest.fixture(scope="module")
def project(shop_source: Path, bazaar: Any) -> Path:
    """A user's project: packages, and modules that use them well and badly."""
    (shop_source / "planted.py").write_text(PLANTED.read_text(encoding="utf-8"))
    (shop_source / "calls.py").write_text(program(bazaar))
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


def _marked(project: Path) -> list[str]:
    """Return the lines that have to be errors."""
    return sorted(
        f"{name}.py:{i}: {line.strip()}"
        for name in PROGRAMS
        for i, line in enumerate(_lines(project, name), 1)
        if "# error" in line
    )


def _found(project: Path, places: set[tuple[str, int]]) -> list[str]:
    """Return the lines in which something was found."""
    return sorted(f"{name}.py:{i}: {_lines(project, name)[i - 1].strip()}" for name, i in places)


def _lines(project: Path, name: str) -> list[str]:
    return (project / f"{name}.py").read_text(encoding="utf-8").splitlines()


def _twice(project: Path) -> list[str]:
    """Return what of the first package the second one has, too: the runtime."""
    first, second = PACKAGES
    found = [file.relative_to(project / first) for file in (project / first).rglob("*.py")]
    runtime = [file for file in found if "_runtime" in file.parts]
    assert all((project / second / file).exists() for file in runtime)
    return [f"{first}/{file.as_posix()}" for file in runtime]


def test_all_that_can_be_called_is_called(bazaar: Any) -> None:
    """Rightly, and wrongly: the checkers have to find that in the tests below."""
    assert surface(bazaar).keys() == CALLS.keys()
    assert consumers(bazaar) == HANDLERS.keys()


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
        "--show-error-end", "--config-file=", "--cache-dir=.mypy", "--enable-error-code=deprecated",
        *[f"--package={name}" for name in PACKAGES], *[f"--module={name}" for name in PROGRAMS],
    )  # fmt: skip
    found = [re.match(r"(\w+)\.py:(\d+):.* error:", line) for line in done.stdout.splitlines()]
    places = {(each[1], int(each[2])) for each in found if each}
    others = [line for line in done.stdout.splitlines() if "_messaging" in line.split(":")[0]]
    assert [line for line in others if ": error:" in line] == []
    assert _found(project, places) == _marked(project), done.stdout


def test_pyright(project: Path) -> None:
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "exclude": _twice(project)}
    (project / "pyrightconfig.json").write_text(json.dumps(settings))
    done = _run(project, "pyright", "--outputjson", "--pythonpath", sys.executable)
    found = [
        (Path(each["file"]), each["range"]["start"]["line"] + 1, each["message"])
        for each in json.loads(done.stdout)["generalDiagnostics"]
    ]
    others = [f"{file}:{line}: {said}" for file, line, said in found if file.stem not in PROGRAMS]
    assert not others, "\n".join(others)
    places = {(file.stem, line) for file, line, _ in found}
    assert _found(project, places) == _marked(project), done.stdout
