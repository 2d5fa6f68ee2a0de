"""A schema in draft 4 says the same, or says what it can't say."""

# schemas are easier to read on one line

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft4Validator

from msgc.payloads.documents import Catalog, Document, WrittenSchema
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


PUBLISHED = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "https://example.com/order",
    "type": "object",
    "javaType": "Order",
    "properties": {
        "lines": {"items": [{"type": "string"}], "additionalItems": False},
        "money": {"$ref": "money#amount", "minimum": 3},
    },
    "dependencies": {"lines": ["money"]},
}
MONEY = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "id": "https://example.com/money",
    "definitions": {"A": {"id": "#amount", "minimum": 0, "exclusiveMinimum": True}},
}


def test_a_schema_of_another_draft_and_one_that_is_found_by_its_id() -> None:
    files = {
        "a.json": '{"$ref": "o.json"}',
        "o.json": json.dumps(PUBLISHED),
        "m.json": json.dumps(MONEY),
    }
    nodes = {path: load_node(path, Memory(files)).value for path in files}
    trees = {path: node for path, node in nodes.items() if node is not None}
    catalog = Catalog(find=lambda address: ("m.json",) if address.endswith("/money") else ())
    document = Document(path="a.json", root=trees["a.json"])
    made = draft4(WrittenSchema(document=document, files=trees, catalog=catalog), "Made")
    assert made.lost == ()
    assert made.definitions["A"] == {"minimum": 0, "exclusiveMinimum": True}
    judge = Draft4Validator(whole(made))
    assert judge.is_valid({"lines": ["x"], "money": 1})
    for wrong in ({"lines": ["x"]}, {"money": 0}, {"lines": ["x", "y"], "money": 1}):
        assert not judge.is_valid(wrong)
