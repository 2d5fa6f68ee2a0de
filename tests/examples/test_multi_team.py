"""Three services in one repository: what is committed is fresh, and tools are content with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from msgc.pipeline.check import check
from msgc.pipeline.project_check import check_project
from msgc.pipeline.workspace_check import WorkspaceCheck, member
from msgc.source import Disk
from msgc.workspace import Workspace
from tests.examples.built import CARRIED, EXAMPLES, built_example

SERVICES = ("fulfilment", "helpdesk", "storefront")
LEFT = {*CARRIED, "__pycache__", "cdk.out", ".mypy_cache", ".git"}


@pytest.fixture(scope="module")
def built() -> Path:
    return built_example("multi-team")


def test_what_is_committed_is_what_is_generated(built: Path) -> None:
    assert texts(built) == texts(EXAMPLES / "multi-team")
    assert (built / "libs/acme_kit/__init__.py").is_file()
    assert (built / "libs/acme_runtime/__init__.py").is_file()


def texts(folder: Path) -> dict[str, str]:
    """The files of the example, but for what isn't committed."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and LEFT.isdisjoint(path.parts)
    }


def test_nothing_is_wrong_with_them_together(built: Path) -> None:
    workspace = Workspace(Disk())
    together = WorkspaceCheck(workspace, ())
    for service in SERVICES:
        path = str(built / service / "messaging.yaml")
        checked = check(path, workspace, check_project=check_project)
        assert checked.diagnostics == ()
        assert checked.value is not None
        together.add(member(checked.value))
    assert together.findings() == ()


def test_each_is_built_alone_as_with_the_others(built: Path) -> None:
    """What a service compiles to doesn't depend on what else a command was told to build."""
    command = [sys.executable, "-m", "msgc", "build", "--check"]
    environment = os.environ | {"PYTHONPATH": str(EXAMPLES.parent / "src")}
    for paths in (["."], ["helpdesk", "storefront"], ["fulfilment/messaging.yaml"]):
        done = subprocess.run(
            [*command, *paths], cwd=built, env=environment, check=False, capture_output=True
        )
        assert done.returncode == 0, done.stderr


def test_mypy_strict(built: Path) -> None:
    cache = EXAMPLES.parent / ".cache" / "mypy-examples"
    command = [
        *(sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={cache}"),
        "--explicit-package-bases",
    ]
    path = ":".join([".", "libs", *(f"{service}/src" for service in SERVICES)])
    for target in (["app.py"], *([str(p)] for p in sorted(built.glob("*/lambdas/*/app.py")))):
        done = subprocess.run(
            [*command, *target],
            cwd=built,
            env=os.environ | {"MYPYPATH": path},
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout
