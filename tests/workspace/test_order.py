"""What is found doesn't depend on the order in which the files are named."""

from __future__ import annotations

import shutil
from itertools import islice, permutations
from pathlib import Path

import pytest

from msgc.cli.validating import findings
from msgc.report.text import text_report
from msgc.workspace.codes import SAME_SERVICE

FOLDER = Path(__file__).parents[1] / "cases/workspace"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())


def test_what_is_named_and_what_is_imported_are_read_by_their_own_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, messages in (
        ("a", "{B: {import: {file: ../b/messaging.yaml}}}"),
        ("b", "{B: {schema: {type: object}}}"),
    ):
        (tmp_path / name / ".git").mkdir(parents=True)
        (tmp_path / name / "messaging.yaml").write_text(
            f"version: 1\nservice: {name}\nmessages: {messages}\n"
            "topics: {facts: {messages: [B], external: true}}\n"
        )
    monkeypatch.chdir(tmp_path)
    for paths in permutations(("a/messaging.yaml", "b/messaging.yaml")):
        found = [(d.span.source.path, d.code.id) for d in findings(paths) if d.is_error]
        assert found == [("a/messaging.yaml", "MSG810")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_same_is_found_in_every_order(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(case, tmp_path / "repository")
    (tmp_path / "repository" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "repository")
    paths = sorted(path.as_posix() for path in Path().rglob("messaging.y*ml"))
    found = {
        tuple(sorted(text_report((each,)) for each in findings(named)))
        for named in islice(permutations(paths), 24)
    }
    assert len(found) == 1


def test_a_copy_may_be_named_beside_its_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit hook names all files that have changed."""
    shutil.copytree(FOLDER / "ok--copies", tmp_path / "repository")
    (tmp_path / "repository" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "repository")
    paths = sorted(path.as_posix() for path in Path().rglob("messaging.y*ml"))
    assert "shop/vendor/logistics/messaging.yaml" in paths
    assert [d for d in findings(tuple(paths)) if d.code is SAME_SERVICE] == []
