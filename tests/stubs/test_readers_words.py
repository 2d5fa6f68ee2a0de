"""`nulls` and `extra` hold alike with a runtime of one's own, a shared one, and `jsonschema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.files import messaging
from tests.stubs.package import imported, stubs_of, written

PART = {"type": "object", "properties": {"weight": {"type": "integer"}}}
TEXTS = {"id": {"type": "string"}, "note": {"type": "string"}}
SCHEMA = {"type": "object", "required": ["id"], "properties": {**TEXTS, "part": PART}}
TREE = {
    "$id": "tree",
    "$dynamicAnchor": "node",
    "properties": {"below": {"type": "array", "items": {"$dynamicRef": "#node"}}},
}
DYNAMIC = {"$dynamicAnchor": "node", "$ref": "#/$defs/tree", "$defs": {"tree": TREE}}
TEXT = """\
version: 1
service: till
{build}messages:
  Read:
    schema: {schema}
    nulls: as-missing
    extra: {extra}
  Strict:
    schema: {schema}
    nulls: refuse
queues: {{all: {{external: true, messages: [Read, Strict]}}}}
producers: {{till: {{publishes: [{{queue: all}}]}}}}
"""


@pytest.mark.parametrize("extra", ["keep", "drop"])
@pytest.mark.parametrize("mode", ["own", "shared", "jsonschema"])
def test_they_hold_in_every_runtime(tmp_path: Path, mode: str, extra: str) -> None:
    build = "build: {runtime: libs/till_runtime}\n" if mode == "shared" else ""
    schema = json.dumps(SCHEMA | (DYNAMIC if mode == "jsonschema" else {}))
    text = TEXT.format(build=build, schema=schema, extra=extra)
    written(stubs_of("messaging.yaml", messaging(text)), tmp_path)
    with imported(tmp_path / "src", "till_messaging") as package:
        source = (tmp_path / "src/till_messaging/messages/read.py").read_text("utf-8")
        assert ("JsonSchema(" in source) is (mode == "jsonschema")
        given: dict[str, Any] = {"id": "a", "note": None, "part": {"weight": None, "size": 3}}
        for _ in range(20):  # by the compiled code as by the other
            found = package.Read.from_json(json.dumps({**given, "more": [1]}))
            assert (found.note, found.part.weight) == (None, None)
            keeps = extra == "keep" or mode == "jsonschema"  # which looks at all of it
            kept = {"part": {"size": 3}, "more": [1]} if keeps else {"part": {}}
            assert found.to_dict() == {"id": "a", **kept}
            with pytest.raises(package.InvalidPayload, match=r"\$\.note: expected a string"):
                package.Strict.from_json(json.dumps(given))
