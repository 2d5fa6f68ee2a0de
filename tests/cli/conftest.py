from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.forks import Done, Forks, run

ROOT = Path(__file__).resolve().parents[2]

Msgc = Callable[..., Done]

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


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks | None]:
    """What commands are forked from; nothing where there are no forks."""
    if not hasattr(os, "fork"):
        yield None
        return
    started = Forks(tmp_path_factory.mktemp("forks"), environment())
    yield started
    started.end()


@pytest.fixture
def msgc(tmp_path: Path, forks: Forks | None) -> Msgc:
    """Run `msgc` in the folder of the test, in a fork: see tests/cli/forks.py."""
    return _runner(tmp_path, forks.run if forks else run)


@pytest.fixture
def msgc_from_start(tmp_path: Path) -> Msgc:
    """Run `msgc` in the folder of the test, with an interpreter of its own."""
    return _runner(tmp_path, run)


def _runner(folder: Path, how: Callable[..., Done]) -> Msgc:
    def run(*arguments: str | Path, cwd: Path = folder, **extra: str) -> Done:
        return how([*map(str, arguments)], cwd, environment(**extra))

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
