"""The corpus: each file raises the code that it is named for, and what is then printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc.pipeline.check import analyse
from msgc.pipeline.understand import topology_of as resolve
from msgc.report.text import text_report
from msgc.resolve import codes
from msgc.source import Disk
from msgc.syntax import load
from tests.corpus import compare

CASES = sorted((Path(__file__).parents[1] / "cases/resolve").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(case.parent)
    document = load(case.name, Disk()).value
    assert document is not None
    found = resolve(document, Disk()).diagnostics
    if "environments" in document.root.entries:
        found = tuple(d for d in analyse(case.name, Disk()).diagnostics if d.code in codes.CODES)
    assert {d.code.name for d in found} == {case.stem.partition("--")[0]}
    compare(text_report(found) + "\n", case.with_suffix(".out"), pytestconfig)


def test_every_code_has_a_case() -> None:
    assert {case.stem.partition("--")[0] for case in CASES} == {code.name for code in codes.CODES}
