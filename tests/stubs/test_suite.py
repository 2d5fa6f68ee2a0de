"""JSON-Schema-Test-Suite in generated code: it judges as what runs here does."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

from msgc.pipeline.understand import topology_of as resolve
from msgc.syntax import load
from tests.files import Memory
from tests.payloads.suite import MESSAGE, NOTED, OWN_VOCABULARY, groups
from tests.stubs.package import generated, imported


def test_generated_code_judges_as_the_suite_does(tmp_path: Path) -> None:
    accepted = [
        group
        for group in groups()
        if not group.place.startswith(OWN_VOCABULARY)
        and not any(each.is_error for each in group.alone().diagnostics)
    ]
    schemas = {f"g{i}": group.schema for i, group in enumerate(accepted)}
    made = {
        "version": 1,
        "service": "suite",
        "messages": {
            f"M{name}": {
                "schema": MESSAGE | {"properties": {"value": {"$ref": f"{name}.json"}}},
            }
            for name in schemas
        },
    }
    files = {f"{name}.json": json.dumps(schema) for name, schema in schemas.items()}
    texts = Memory({"messaging.yaml": json.dumps(made), **files})
    document = load("messaging.yaml", texts)
    assert document.value is not None
    topology = resolve(document.value, texts)
    assert topology.value is not None
    assert [d for d in topology.diagnostics if d.is_error] == []
    with imported(generated(topology.value, tmp_path), "suite_messaging"):
        codec = import_module("suite_messaging._runtime.codec.codec")
        invalid = import_module("suite_messaging._runtime.codec.violations").InvalidPayload
        package = import_module("suite_messaging.messages")
        for name, group in zip(schemas, accepted, strict=True):
            cls = getattr(package, f"M{name}")
            for value, valid in group.tests:
                try:
                    codec.decode(cls, {"value": value})
                except invalid:
                    assert not valid or group.place in NOTED, (group.place, value)
                else:
                    assert valid, (group.place, value)
