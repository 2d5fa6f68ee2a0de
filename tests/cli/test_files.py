from __future__ import annotations

from pathlib import Path

import click
import pytest

from msgc.cli.files import topologies


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("a", "b/c", "b/.venv", "b/node_modules/x", "empty"):
        (tmp_path / folder).mkdir(parents=True)
    for folder in ("a", "b/c", "b/.venv", "b/node_modules/x"):
        (tmp_path / folder / "messaging.yaml").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_below_when_there_is_none_here() -> None:
    assert topologies(()) == ["a/messaging.yaml", "b/c/messaging.yaml"]


def test_only_the_one_here(workspace: Path) -> None:
    (workspace / "messaging.yaml").touch()
    assert topologies(()) == ["messaging.yaml"]


def test_files_and_folders_each_once() -> None:
    assert topologies(("a/messaging.yaml", "a", "b", "./a")) == [
        "a/messaging.yaml",
        "b/c/messaging.yaml",
    ]


def test_a_file_of_another_name_is_taken_as_it_is() -> None:
    assert topologies(("other.yml",)) == ["other.yml"]


def test_a_folder_without_any() -> None:
    with pytest.raises(click.UsageError, match=r"no messaging\.yaml in or below empty"):
        topologies(("empty",))
