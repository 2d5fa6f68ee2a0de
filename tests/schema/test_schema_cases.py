"""The corpus: each file raises the code that it is named for, and prints what is beside it.

Files named `ok` and the examples raise nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc.diagnostics import Diagnostic
from msgc.report.text import text_report
from msgc.schema import codes, validate
from msgc.source import Disk
from msgc.syntax import load
from tests.corpus import compare

TESTS = Path(__file__).parents[1]
FOLDER = TESTS / "cases" / "schema"
CASES = sorted(path for path in FOLDER.glob("*.yaml") if not path.name.startswith("ok--"))
CLEAN = [
    *sorted(FOLDER.glob("ok--*.yaml")),
    *sorted((TESTS.parent / "examples").glob("*/messaging.yaml")),
    *sorted((TESTS / "cases" / "ok").glob("*/messaging.yaml")),
]


def found(name: str) -> tuple[Diagnostic, ...]:
    loaded = load(name, Disk())
    assert loaded.ok, text_report(loaded.diagnostics)
    assert loaded.value is not None
    return validate(loaded.value.root)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(FOLDER)
    diagnostics = found(case.name)
    assert case.stem.split("--")[0] in {d.code.name for d in diagnostics}
    compare(text_report(diagnostics) + "\n", case.with_suffix(".out"), pytestconfig)


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_clean(path: Path) -> None:
    assert text_report(found(str(path))) == ""


def test_every_code_has_a_case() -> None:
    assert {case.stem.split("--")[0] for case in CASES} == {code.name for code in codes.CODES}
