"""A schema in draft 4 says the same, or says what it can't say."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft4Validator

from msgc.payloads.documents import Document, WrittenSchema
from msgc.payloads.draft4 import Draft4, draft4
from msgc.syntax import load_node
from tests.files import Memory
from tests.payloads.suite import Group, groups

KNOWN = "draft 4 takes no 1.0 for an integer"


def translated(schema: Any) -> Draft4:
    """Bring down a schema that lies in a file of its own."""
    text = json.dumps({"$ref": "schema.json"})
    files = Memory({"a.json": text, "schema.json": json.dumps(schema)})
    root, own = load_node("a.json", files).value, load_node("schema.json", files).value
    assert root is not None
    assert own is not None
    document = Document(path="a.json", root=root)
    return draft4(WrittenSchema(document=document, files={"schema.json": own}), "Made")


def whole(made: Draft4) -> dict[str, Any]:
    return {"$ref": "#/definitions/Made", "definitions": made.definitions}


def wrong(group: Group) -> list[str]:
    """The verdicts of a group that draft 4 doesn't share, if nothing of the schema is lost."""
    made = translated(group.schema)
    schema = whole(made)
    Draft4Validator.check_schema(schema)
    if made.lost:
        return []
    judge = Draft4Validator(schema)
    return [
        f"{group.place}: {value!r}"
        for value, valid in group.tests
        if judge.is_valid(value) != valid and not _is_whole_float(value)
    ]


def _is_whole_float(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()


def test_the_suite_agrees() -> None:
    refused = "vocabulary.json"  # a metaschema of one's own, which msgc refuses
    chosen = [group for group in groups() if not group.place.startswith(refused)]
    assert [each for group in chosen for each in wrong(group)] == []


def test_what_draft_4_has_no_words_for() -> None:
    lost = {each.word for group in groups() for each in translated(group.schema).lost}
    assert lost == {
        "$dynamicRef", "$ref", "maxContains", "minContains", "propertyNames", "unevaluatedItems",
        "unevaluatedProperties",
    }  # fmt: skip
