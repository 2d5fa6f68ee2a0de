"""The predicted resources are those of the synthesised templates: same types, same logical ids."""

from __future__ import annotations

import json
import re

import pytest

from msgc.lint.resources import resources
from msgc.source import Disk
from tests.assembly import ROOT, example
from tests.lint.phases import resolved

EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/messaging.yaml"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_of_examples(name: str) -> None:
    topology, delivery, _ = resolved(str(ROOT / "examples" / name / "messaging.yaml"), Disk())
    made = {
        logical_id: resource["Type"]
        for template in example(name).rglob("*.template.json")
        for logical_id, resource in json.loads(template.read_text())["Resources"].items()
        if not re.search("[0-9A-F]{8}$", logical_id)  # CDK's hash: the app's own
    }
    assert {each.logical_id: each.type for each in resources(topology, delivery)} == made
