"""The corpus: each folder has a messaging.yaml that raises one rule, and what is then printed.

A folder is called after the rule; behind `--` it says what of it is shown.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from msgc.lint import lint
from msgc.pipeline.check import analyse
from msgc.report.text import text_report
from msgc.source import Disk
from tests.corpus import compare
from tests.lint.phases import resolved

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "tests/cases/lint").iterdir())
EXAMPLES = sorted((ROOT / "examples").glob("*/messaging.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    shutil.copytree(case, tmp_path / "repository")
    (tmp_path / "repository/.git").mkdir()
    monkeypatch.chdir(tmp_path / "repository")
    topology, delivery, found = resolved("messaging.yaml", Disk())
    found += lint(topology, delivery)
    assert {d.code.name for d in found} == {case.name.partition("--")[0]}
    compare(text_report(found) + "\n", case / "expected.out", pytestconfig)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_are_clean(example: Path) -> None:
    found = analyse(str(example), Disk()).diagnostics
    assert not found, text_report(found, color=False)
