"""Whole sets of links, as text: what a topology comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus import compare
from tests.links.linked import links_of, shown

PLANS = sorted((Path(__file__).parent / "plans").glob("*.yaml"))


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_plan(plan: Path, pytestconfig: pytest.Config) -> None:
    text = shown(links_of(plan.read_text(encoding="utf-8")))
    compare(text, plan.with_suffix(".out"), pytestconfig)
