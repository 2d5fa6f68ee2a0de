"""Patterns of paths, in folders that want to be walked for ever."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from msgc import matching
from msgc.matching import TooManyError
from msgc.source import Disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for path in (
        "a.yaml",
        "b/c.yaml",
        "b/d/e.yaml",
        ".h/f.yaml",
        "node_modules/g.yaml",
        "b/.i.yaml",
    ):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("*.yaml", ["a.yaml"]),
        ("**/*.yaml", ["a.yaml", "b/c.yaml", "b/d/e.yaml"]),
        ("**", ["a.yaml", "b/c.yaml", "b/d/e.yaml"]),
        ("*/*.yaml", ["b/c.yaml", "node_modules/g.yaml"]),
        ("./b//*.yaml", ["b/c.yaml"]),
        ("b/**/e.yaml", ["b/d/e.yaml"]),
        ("**/**/**/e.yaml", ["b/d/e.yaml"]),
        (".h/*.yaml", [".h/f.yaml"]),
        ("[ab].yaml", ["a.yaml"]),
        ("z/*.yaml", []),
    ],
)
def test_pattern(folder: Path, pattern: str, meant: list[str]) -> None:
    found = Disk().matching(pattern, str(folder))
    assert [os.path.relpath(path, folder) for path in found] == meant


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "x").symlink_to(".")
    (folder / "y").symlink_to(".")
    (folder / "b/up").symlink_to("..")
    found = Disk().matching("**/*.yaml", str(folder))
    assert [os.path.relpath(path, folder) for path in found] == ["a.yaml", "b/c.yaml", "b/d/e.yaml"]


def test_nothing_outside_of_the_repository_is_looked_at(folder: Path) -> None:
    (folder / "b/.git").mkdir()
    assert matching.matching("*.yaml", str(folder), str(folder / "b")) == []


@pytest.mark.parametrize("most", ["MOST_ENTRIES", "MOST_FOUND"])
def test_too_many_are_refused(folder: Path, most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, most, 2)
    with pytest.raises(TooManyError):
        Disk().matching("**/*.yaml", str(folder))
