"""The count of resources is that of the synthesised templates."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from msgc.lint.resources import resources
from msgc.source import Disk
from tests.assembly import ROOT, example
from tests.lint.phases import resolved

EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/messaging.yaml"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_as_many_as_in_the_template(name: str) -> None:
    topology, delivery, _ = resolved(str(ROOT / "examples" / name / "messaging.yaml"), Disk())
    made: Counter[str] = Counter()
    for template in example(name).rglob("*.template.json"):
        for logical_id, resource in json.loads(template.read_text())["Resources"].items():
            if logical_id.startswith("Messaging"):  # the construct; the rest is the app's own
                made[resource["Type"]] += 1
    assert resources(topology, delivery) == made
