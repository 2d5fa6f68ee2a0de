"""The corpus: each file raises the code that it is named for, and what is then printed.

The codes of patterns are raised here too: only linking knows which dialect a filter is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc.diagnostics import Diagnostic
from msgc.filtering import codes as filtering_codes
from msgc.links import codes as links_codes
from msgc.links import link
from msgc.patterns import codes as pattern_codes
from msgc.pipeline.understand import topology_of as resolve
from msgc.report.text import text_report
from msgc.sending import codes as sending_codes
from msgc.source import Disk
from msgc.syntax import load
from tests.corpus import compare
from tests.files import Memory

ROOT = Path(__file__).parents[1] / "cases"
CASES = sorted([*ROOT.glob("links/*.yaml"), *ROOT.glob("patterns/*.yaml")])
NO_CASE = {"nested-attribute"}
"""Not reachable from a file: filters are flattened before they are about attributes."""


def _found(case: Path) -> tuple[Diagnostic, ...]:
    document = load(case.name, Disk()).value
    assert document is not None
    resolved = resolve(document, Disk())
    assert resolved.value is not None
    assert resolved.diagnostics == ()
    return link(resolved.value).diagnostics


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(case.parent)
    found = _found(case)
    assert {d.code.name for d in found} == {case.stem.partition("--")[0]}
    compare(text_report(found) + "\n", case.with_suffix(".out"), pytestconfig)


def test_every_code_has_a_case() -> None:
    codes = (
        *filtering_codes.CODES,
        *sending_codes.CODES,
        *links_codes.CODES,
        *pattern_codes.CODES,
    )
    names = {case.stem.partition("--")[0] for case in CASES}
    assert names == {code.name for code in codes} - NO_CASE


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_fixes_leave_nothing_to_find(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a fix changes is right afterwards: the finding with the fix is gone."""
    monkeypatch.chdir(case.parent)
    edits = [edit for finding in _found(case) for edit in finding.fix]
    if not edits:
        return
    text = case.read_text(encoding="utf-8")
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]

    mended = Memory({case.name: text})
    document = load(case.name, mended).value
    assert document is not None
    topology = resolve(document, mended).value
    assert topology is not None
    assert not [d for d in link(topology).diagnostics if d.fix]
