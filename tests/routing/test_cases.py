"""The corpus: each file raises the code that it is named for, and what is then printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc.pipeline.check import check
from msgc.report.text import text_report
from msgc.routing import codes
from msgc.source import Disk
from tests.corpus import compare

CASES = sorted((Path(__file__).parents[1] / "cases/routing").glob("*.yaml"))
ABOUT_EVENTS = {codes.UNREADABLE_PAYLOAD, codes.NOT_AN_EVENT}
"""Raised by what is given to `msgc route`: see test_input.py."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(case.parent)
    found = [d for d in check(case.name, Disk()).diagnostics if d.is_error]
    assert {d.code.name for d in found} == {case.stem.partition("--")[0]}
    compare(text_report(found) + "\n", case.with_suffix(".out"), pytestconfig)


def test_every_code_has_a_case() -> None:
    cases = {case.stem.partition("--")[0] for case in CASES}
    assert cases == {code.name for code in codes.CODES if code not in ABOUT_EVENTS}
