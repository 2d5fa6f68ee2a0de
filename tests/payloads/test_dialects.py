"""Older drafts and OpenAPI: what their words become, and that verdicts are the draft's own."""

# ruff: noqa: E501  # schemas are easier to read on one line

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema.validators import validator_for

from msgc.payloads import violations
from msgc.payloads.dialects import translated
from msgc.syntax import load_node
from msgc.tree import Mapping, to_json
from tests.files import Memory
from tests.payloads.schemas import outcome_of, shown

D4, D6, D7 = (f"http://json-schema.org/draft-0{n}/schema#" for n in (4, 6, 7))
D19, D20 = (f"https://json-schema.org/draft/{n}/schema" for n in ("2019-09", "2020-12"))

BECOMES: dict[str, tuple[Any, Any]] = {
    # no dialect: words of all, where their form is plain
    "a list of items": ({"items": [{}], "additionalItems": False}, {"prefixItems": [{}], "items": False}),
    "an empty list": ({"items": [], "additionalItems": False}, {"items": False}),
    "nullable": ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    "not nullable": ({"type": "string", "nullable": False}, {"type": "string"}),
    "nullable enum": ({"type": "string", "enum": ["a"], "nullable": True}, {"type": ["string", "null"], "enum": ["a", None]}),
    "nullable allOf": ({"allOf": [{}], "nullable": True}, {"anyOf": [{"allOf": [{}]}, {"type": "null"}]}),
    "nullable of any type": ({"nullable": True, "title": "x"}, {"title": "x"}),
    "nullable where it is written": ({"type": "object", "properties": {"nullable": {"type": "string", "nullable": True}}}, {"type": "object", "properties": {"nullable": {"type": ["string", "null"]}}}),
    "a property called nullable": ({"properties": {"nullable": {"type": "string"}}}, None),
    "an exclusive bound": ({"minimum": 3, "exclusiveMinimum": True}, {"exclusiveMinimum": 3}),
    "an inclusive bound": ({"maximum": 3, "exclusiveMaximum": False}, {"maximum": 3}),
    "dependencies": (
        {"dependencies": {"a": ["b"], "c": {"required": ["d"]}, "e": "f"}},
        {"dependentRequired": {"a": ["b"], "e": ["f"]}, "dependentSchemas": {"c": {"required": ["d"]}}},
    ),
    "both kinds of dependencies": (
        {"dependencies": {"a": ["b"]}, "dependentRequired": {"c": ["d"]}},
        {"dependentRequired": {"c": ["d"]}, "allOf": [{"dependentRequired": {"a": ["b"]}}]},
    ),
    "an old id at the top": ({"id": "https://x.org/a", "type": "object"}, {"$id": "https://x.org/a", "type": "object"}),
    "data": ({"enum": [{"nullable": True}], "default": {"items": [1]}}, None),
    # drafts
    "a sibling of a reference": ({"$schema": D7, "$ref": "#/a", "minLength": 3, "title": "T"}, {"$schema": D7, "$ref": "#/a", "title": "T"}),
    "a sibling that counts": ({"$schema": D19, "$ref": "#/a", "minLength": 3}, None),
    "a later word": ({"$schema": D4, "const": 3, "if": {}, "type": "integer"}, {"$schema": D4, "type": "integer"}),
    "an id of draft 4": ({"$schema": D4, "properties": {"a": {"id": "#a"}, "id": {}}}, {"$schema": D4, "properties": {"a": {"$anchor": "a"}, "id": {}}}),
    "an anchor of draft 6": ({"$schema": D6, "$id": "#a"}, {"$schema": D6, "$anchor": "a"}),
    "recursion": (
        {"$schema": D19, "$recursiveAnchor": True, "items": {"$recursiveRef": "#"}},
        {"$schema": D19, "$dynamicAnchor": "recursive", "items": {"$dynamicRef": "#recursive"}},
    ),
    "two references": ({"$ref": "#/a", "$dynamicRef": "#b"}, {"$ref": "#/a", "allOf": [{"$dynamicRef": "#b"}]}),
    "recursion to here": ({"$schema": D19, "items": {"$recursiveRef": "#"}}, {"$schema": D19, "items": {"$ref": "#"}}),
    "nullable in a draft": ({"$schema": D20, "type": "string", "nullable": True}, {"$schema": D20, "type": "string"}),
    "an inner draft": ({"$schema": D20, "$defs": {"a": {"$schema": D4, "const": 1}}}, {"$schema": D20, "$defs": {"a": {"$schema": D4}}}),
    "OpenAPI": (
        {"openapi": "3.0.3", "components": {"schemas": {"A": {"$ref": "#/b", "nullable": True}}}},
        {"openapi": "3.0.3", "components": {"schemas": {"A": {"$ref": "#/b"}}}},
    ),
    "OpenAPI 3.1": ({"openapi": "3.1.0", "components": {"schemas": {"A": {"$ref": "#/b", "minLength": 3}}}}, None),
}  # fmt: skip


@pytest.mark.parametrize("case", BECOMES)
def test_what_a_word_becomes(case: str) -> None:
    written, expected = BECOMES[case]
    root = load_node("a.json", Memory({"a.json": json.dumps(written)})).value
    assert root is not None
    made = translated(root)
    assert to_json(made) == (written if expected is None else expected)
    assert (made is root) == (expected is None)
    assert translated(root) is made


@pytest.mark.parametrize("case", BECOMES)
def test_every_key_of_a_schema_is_spelled_as_its_entry(case: str) -> None:
    root = load_node("a.json", Memory({"a.json": json.dumps(BECOMES[case][0])})).value
    assert root is not None
    waiting = [translated(root)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            assert [key.text for key, _ in node.items()] == list(node.entries)
            waiting += [value for _, value in node.items()]


VALUES: tuple[Any, ...] = (
    {}, {"a": 3}, {"a": 4}, {"a": None}, {"a": "x"}, {"a": "xyz"}, {"a": [1]}, {"a": ["x", 1]}, {"a": [1, "x"]},
    {"a": {"b": 1}}, {"a": {"b": {"b": 1}}}, {"b": 1}, {"a": 1, "b": 2}, {"a": [1, 2, "x"]},
)  # fmt: skip

JUDGED = [
    {"$schema": D4, "properties": {"a": {"minimum": 3, "exclusiveMinimum": True}}},
    {"$schema": D4, "properties": {"a": {"const": 4, "type": "integer"}}},
    {"$schema": D4, "id": "http://x.org/", "properties": {"a": {"$ref": "#n"}}, "definitions": {"n": {"id": "#n", "type": "null"}}},
    {"$schema": D4, "properties": {"a": {"$ref": "#/definitions/n", "minLength": 3}}, "definitions": {"n": {"type": "string"}}},
    {"$schema": D6, "properties": {"a": {"contains": {"const": "x"}}}, "dependencies": {"b": ["a"]}},
    {"$schema": D6, "properties": {"a": {"if": {"type": "string"}, "then": {"minLength": 3}}}},
    {"$schema": D7, "properties": {"a": {"if": {"type": "string"}, "then": {"minLength": 3}}}},
    {"$schema": D7, "properties": {"a": {"items": [{"type": "integer"}], "additionalItems": {"type": "string"}}}},
    {"$schema": D7, "properties": {"a": {"items": {"type": "integer"}, "additionalItems": {"type": "string"}}}},
    {"$schema": D7, "properties": {"a": {"items": [{"type": "string"}, {"$ref": "#/properties/a/items/0"}]}}},
    {"$schema": D7, "properties": {"a": {"$ref": "#/dependencies/b"}}, "dependencies": {"b": {"minProperties": 2}}},
    {"$schema": D19, "properties": {"a": {"anyOf": [{"type": "integer"}, {"$recursiveRef": "#"}]}, "b": {"$recursiveRef": "#"}}},
    {"$schema": D19, "properties": {"a": {"contains": {"type": "integer"}, "unevaluatedItems": {"type": "string"}}}},
    {"$schema": D20, "properties": {"a": {"contains": {"type": "integer"}, "unevaluatedItems": {"type": "string"}}}},
    {"$schema": D20, "allOf": [{"properties": {"a": {}}}, {"additionalProperties": False}]},
    {"$schema": D20, "properties": {"a": {"type": "string", "enum": ["x", 3]}}},
]  # fmt: skip


@pytest.mark.parametrize("schema", JUDGED, ids=json.dumps)
def test_verdicts_are_those_of_the_draft(schema: dict[str, Any]) -> None:
    outcome = outcome_of(
        json.dumps({"$ref": "x.json"}), {"api/x.json": json.dumps({"type": "object", **schema})}
    )
    assert outcome.value is not None
    assert not any(d.is_error for d in outcome.diagnostics), [shown(d) for d in outcome.diagnostics]
    judge = validator_for(schema)({"type": "object", **schema})
    for value in VALUES:
        assert (not violations(outcome.value, value)) == judge.is_valid(value), value


API = """\
openapi: 3.0.3
info: {title: Orders, version: "1"}
components:
  schemas:
    Order:
      type: object
      required: [id, total]
      properties:
        id: {type: string}
        total: {type: number, minimum: 0, exclusiveMinimum: true}
        note: {type: string, nullable: true}
        gift: {$ref: '#/components/schemas/Gift'}
    Gift: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
"""


def test_a_schema_of_an_openapi_file() -> None:
    outcome = outcome_of("{$ref: 'api.yaml#/components/schemas/Order'}", {"api/api.yaml": API})
    assert outcome.value is not None
    assert outcome.diagnostics == (), [shown(d) for d in outcome.diagnostics]
    right: Any = {"id": "a", "total": 1, "note": None, "gift": {"kind": "x"}}
    assert not violations(outcome.value, right)
    wrong: Any = {"id": None, "total": 0, "note": 3, "gift": None}
    assert [v.path for v in violations(outcome.value, wrong)] == [
        ("id",),
        ("total",),
        ("note",),
        ("gift",),
    ]


def test_an_openapi_file_is_no_schema() -> None:
    outcome = outcome_of("{$ref: api.yaml}", {"api/api.yaml": API})
    (found,) = outcome.diagnostics
    assert found.message == "`api/api.yaml` is the description of an API, and no schema"
    assert found.help == "name a schema in it, as `api.yaml#/components/schemas/Order`"


@pytest.mark.parametrize("kinds", [["object", "null"], ["array", "object"]])
def test_a_message_that_may_be_something_else_in_other_places(kinds: list[str]) -> None:
    outcome = outcome_of(json.dumps({"type": kinds, "properties": {"a": {"type": "string"}}}))
    assert outcome.value is not None
    assert outcome.diagnostics == ()
    assert violations(outcome.value, None)
    assert not violations(outcome.value, {"a": "x"})


PETS = """\
openapi: 3.0.3
components:
  schemas:
    Seen:
      type: object
      properties:
        pet:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [meows], properties: {meows: {type: boolean}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [barks], properties: {barks: {type: boolean}}}]}
"""


def test_a_discriminator_is_a_hint() -> None:
    outcome = outcome_of("{$ref: 'api.yaml#/components/schemas/Seen'}", {"api/api.yaml": PETS})
    assert outcome.value is not None
    assert not any(d.is_error for d in outcome.diagnostics), [shown(d) for d in outcome.diagnostics]
    verdicts: list[tuple[Any, bool]] = [
        ({"kind": "cat", "meows": True}, True),
        ({"kind": "else", "barks": True}, True),  # as JSON Schema has it
        ({"kind": "cat"}, False),
        ({"meows": True}, False),
    ]
    for pet, valid in verdicts:
        assert (not violations(outcome.value, {"pet": pet})) == valid, pet
