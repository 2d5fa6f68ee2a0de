from __future__ import annotations

from pathlib import Path

import click
import pytest

from msgc.cli.files import topologies
from tests.cli.conftest import GOOD, Msgc


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


def test_a_file_by_its_other_names_is_one(workspace: Path) -> None:
    (workspace / "link").symlink_to("a")
    named = ("a", str(workspace / "a"), "link/messaging.yaml", "../" + workspace.name + "/a")
    assert topologies(named) == ["a/messaging.yaml"]


def test_a_file_of_another_name_is_taken_as_it_is() -> None:
    assert topologies(("other.yml",)) == ["other.yml"]


def test_the_other_ending(workspace: Path) -> None:
    (workspace / "b/c/messaging.yaml").rename(workspace / "b/c/messaging.yml")
    assert topologies(()) == ["a/messaging.yaml", "b/c/messaging.yml"]
    (workspace / "messaging.yml").touch()
    assert topologies(()) == ["messaging.yml"]
    assert topologies(("b/c",)) == ["b/c/messaging.yml"]


def test_both_endings_in_one_folder(workspace: Path) -> None:
    (workspace / "a/messaging.yml").touch()
    with pytest.raises(click.UsageError, match=r"are messaging\.yaml and messaging\.yml in a:"):
        topologies(("a",))


@pytest.mark.parametrize("paths", [(), (".",)])
def test_both_endings_in_a_folder_below_stop_nothing(
    workspace: Path, paths: tuple[str, ...]
) -> None:
    (workspace / "a/messaging.yml").touch()
    assert topologies(paths) == ["a/messaging.yaml", "a/messaging.yml", "b/c/messaging.yaml"]


def test_a_file_that_is_named_is_taken_beside_the_other(workspace: Path) -> None:
    (workspace / "a/messaging.yml").touch()
    assert topologies(("a/messaging.yml",)) == ["a/messaging.yml"]


def test_the_nearest_above(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workspace / "messaging.yaml").touch()
    deep = workspace / "a/lambdas/one"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert topologies(()) == ["../../messaging.yaml"]
    (workspace / "a/messaging.yaml").unlink()
    assert topologies(()) == ["../../../messaging.yaml"]
    with pytest.raises(click.UsageError, match="here or below"):
        topologies((".",))  # who names a folder means that one


def test_what_lies_below_is_nearer_than_what_lies_above(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "messaging.yaml").touch()
    monkeypatch.chdir(workspace / "b")
    assert topologies(()) == ["c/messaging.yaml"]


def test_no_further_up_than_the_repository(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "messaging.yaml").touch()
    (workspace / "empty/.git").mkdir()
    (workspace / "empty/src").mkdir()
    monkeypatch.chdir(workspace / "empty/src")
    with pytest.raises(click.UsageError, match=r"no messaging\.yaml here, below or above"):
        topologies(())


def test_a_folder_of_that_name_is_no_file(workspace: Path) -> None:
    (workspace / "messaging.yaml").mkdir()
    assert topologies(()) == ["a/messaging.yaml", "b/c/messaging.yaml"]


def test_a_current_folder_that_is_gone(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = workspace / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(click.UsageError, match="here, below or above"):
        topologies(())


def test_a_folder_without_any() -> None:
    with pytest.raises(click.UsageError, match=r"no messaging\.yaml in or below empty"):
        topologies(("empty",))


@pytest.mark.parametrize(
    "command",
    [["validate"], ["build"], ["build", "--check"], ["test"], ["graph"], ["route", "--all"]],
    ids=" ".join,
)
def test_every_command_finds_it_from_a_folder_below(
    msgc: Msgc, tmp_path: Path, command: list[str]
) -> None:
    root = tmp_path / "service"
    folder = root / "lambdas" / "one"
    folder.mkdir(parents=True)
    (root / "messaging.yml").write_text(GOOD)
    msgc("build", root).check_returncode()
    done = msgc(*command, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")


def test_paths_are_told_from_where_one_stands(msgc: Msgc, tmp_path: Path) -> None:
    root = tmp_path / "service"
    (root / "src").mkdir(parents=True)
    (root / "messaging.yaml").write_text(GOOD)
    built = msgc("build", cwd=root / "src")
    assert built.stdout.startswith("created   ../infra/shop_messaging_stack/__init__.py\n")
    (root / "messaging.yaml").write_text(GOOD + "quues: {}\n")
    assert msgc("validate", cwd=root / "src").stderr.startswith("../messaging.yaml:10:1: error")
