"""The corpus: each folder is a repository of several services, and what is then printed.

A folder is named for the code that it raises; several of one code have more behind `--`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from msgc.cli.validating import findings
from msgc.report.text import text_report
from msgc.workspace import codes
from tests.corpus import compare

FOLDER = Path(__file__).parents[1] / "cases/workspace"
CASES = sorted(FOLDER.glob("*.out"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    shutil.copytree(case.with_suffix(""), tmp_path / "repository")
    (tmp_path / "repository" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "repository")
    found = findings(())
    compare(text_report(tuple(found)) + "\n" if found else "", case, pytestconfig)
    if not case.stem.startswith("ok"):
        assert case.stem.split("--")[0] in {d.code.name for d in found}


def test_every_code_has_a_case() -> None:
    assert {code.name for code in codes.CODES} <= {case.stem.split("--")[0] for case in CASES}


def test_every_folder_is_a_case() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}
    assert folders == {case.stem for case in CASES}
