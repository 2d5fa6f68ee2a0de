"""Every topology's template is the one that is kept below tests/cases/templates, to the letter.

`pytest tests/cdk/test_templates.py --regenerate` writes them anew. An identity or a policy that
changes there changes in every stack that is deployed.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.assembly import ROOT
from tests.cdk.templates import TOPOLOGIES, templates

KEPT = ROOT / "tests" / "cases" / "templates"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return templates(tmp_path_factory.mktemp("templates"))


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_template(
    made: dict[str, dict[str, Any]], case: str, request: pytest.FixtureRequest
) -> None:
    path = KEPT / f"{case}.json"
    if request.config.getoption("--regenerate"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(made[case], indent=1, sort_keys=True) + "\n", "utf-8")
    assert made[case] == json.loads(path.read_text("utf-8"))


def test_no_template_is_of_nothing() -> None:
    assert {path.stem for path in KEPT.glob("*.json")} == set(TOPOLOGIES)


def test_a_changed_template_is_seen(made: dict[str, dict[str, Any]]) -> None:
    """The comparison reads to the end: a property of the last resource counts."""
    kept = json.loads((KEPT / "checkout.json").read_text("utf-8"))
    last = list(made["checkout"]["Resources"])[-1]
    kept["Resources"][last]["Properties"]["Added"] = True
    assert made["checkout"] != kept
