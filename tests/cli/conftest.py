from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

Msgc = Callable[..., subprocess.CompletedProcess[str]]

GOOD = """\
version: 1
service: shop
messages:
  OrderPlaced:
    schema: {type: object, required: [id], properties: {id: {type: string}}}
queues:
  orders: {messages: [OrderPlaced], external: true}
producers:
  web: {publishes: [{queue: orders}]}
"""


def environment(**extra: str) -> dict[str, str]:
    """The environment of a user: this checkout on the path, nothing that colours."""
    unwanted = {"NO_COLOR", "FORCE_COLOR", "PYTHONHASHSEED"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "error"} | extra


@pytest.fixture
def msgc(tmp_path: Path) -> Msgc:
    """Run `msgc` as a process of its own, in the folder of the test."""

    def run(
        *arguments: str | Path, cwd: Path = tmp_path, **extra: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "msgc", *map(str, arguments)],
            cwd=cwd,
            env=environment(**extra),
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a messaging.yaml that is clean."""
    (tmp_path / "messaging.yaml").write_text(GOOD)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
