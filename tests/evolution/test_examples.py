"""The examples' inventories are as they are built, and nothing deployed of them is replaced.

`tests/cases/inventories/` has them as an earlier msgc wrote them, and is never regenerated: a
change of the compiler that would make something anew is told here, as it would be told to whoever
upgrades.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc.evolution.intent import Intent
from msgc.evolution.inventory.current import Current, current
from msgc.evolution.judgement import judge
from msgc.pipeline.check import check
from msgc.source import Disk, Source
from tests.assembly import ROOT

EARLIER = ROOT / "tests" / "cases" / "inventories"
EXAMPLES = {
    "-".join(path.parent.relative_to(ROOT / "examples").parts): path
    for path in sorted((ROOT / "examples").rglob("messaging.yaml"))
}


def made(path: Path) -> Current:
    checked = check(str(path), Disk()).value
    assert checked is not None
    return current(checked.variants)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_inventory_is_as_it_is_built(name: str) -> None:
    path = EXAMPLES[name]
    assert path.with_suffix(".inventory").read_text("utf-8") == made(path).text


@pytest.mark.parametrize("earlier", sorted(EARLIER.glob("*.inventory")), ids=lambda path: path.stem)
def test_nothing_is_replaced(earlier: Path) -> None:
    source = Source(str(earlier), earlier.read_text("utf-8"))
    now = made(EXAMPLES[earlier.stem])
    found = judge(source, now, Intent(), lambda: None, building=True)
    assert [d.message for d in found.diagnostics] == []


def test_every_example_has_an_earlier_inventory() -> None:
    assert {path.stem for path in EARLIER.glob("*.inventory")} == EXAMPLES.keys()
