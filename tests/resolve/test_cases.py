"""The corpus: each file raises the code that it is named for, and what is then printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc import report
from msgc.resolve import codes, resolve
from msgc.source import Disk
from msgc.syntax import load

CASES = sorted((Path(__file__).parents[1] / "cases/resolve").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(case.parent)
    document = load(case.name, Disk()).value
    assert document is not None
    found = resolve(document, Disk()).diagnostics
    assert {d.code.name for d in found} == {case.stem}
    text = report.text(found) + "\n"
    expected = case.with_suffix(".out")
    if pytestconfig.getoption("--regenerate", default=False):
        expected.write_text(text, encoding="utf-8", newline="")
    assert text == expected.read_text(encoding="utf-8")


def test_every_code_has_a_case() -> None:
    assert {case.stem for case in CASES} == {code.name for code in codes.CODES}
