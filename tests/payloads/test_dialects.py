"""Older drafts and OpenAPI: what their words become, and that verdicts are the draft's own."""

# ruff: noqa: E501  # schemas are easier to read on one line

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema.validators import validator_for

from msgc.payloads import violations
from msgc.payloads.dialects import translated
from msgc.runtime.codec import codec
from msgc.runtime.codec.violations import InvalidPayload
from msgc.syntax import load_node
from msgc.tree import Mapping, to_json
from tests.files import Memory
from tests.payloads.generated import generated
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


LOOSE = """\
openapi: 3.0.3
components:
  schemas:
    Seen:
      type: object
      properties:
        pet:
          WORD: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind, mapping: {tom: '#/components/schemas/Cat'}}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, barks: {type: boolean}}}
"""


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
def test_a_discriminator_of_an_api_chooses_among_objects_that_all_fit(word: str) -> None:
    files = {"api/api.yaml": LOOSE.replace("WORD", word)}
    outcome = outcome_of("{$ref: 'api.yaml#/components/schemas/Seen'}", files)
    assert outcome.value is not None
    verdicts: list[tuple[Any, bool]] = [
        ({"kind": "tom", "lives": 9}, True),
        ({"kind": "Cat"}, True),
        ({"kind": "Dog", "lives": "many"}, True),  # which is nothing of a dog's
        ({"kind": "tom", "lives": "many"}, False),  # though it would fit a dog
        ({"kind": "fish", "barks": 1, "lives": 9}, True),  # as JSON Schema has it
        ({"kind": "fish"}, word == "anyOf"),
        ({"lives": 9}, False),
    ]
    for pet, valid in verdicts:
        assert (not violations(outcome.value, {"pet": pet})) == valid, pet
    with generated(outcome.value) as cls:
        cat, dog = (type(codec.decode(cls, {"pet": {"kind": one}}).pet) for one in ("tom", "Dog"))
        assert (cat.__name__, dog.__name__) == ("Cat", "Dog")
        assert codec.encode(cls(pet=cat(kind="Cat"))) == {"pet": {"kind": "Cat"}}
        with pytest.raises(InvalidPayload, match=r"pet\.kind: 'Dog' is another class's value"):
            codec.encode(cls(pet=cat(kind="Dog")))


def test_a_discriminator_of_an_api_chooses_what_a_whole_message_is() -> None:
    api = LOOSE.replace("WORD", "oneOf").replace(
        "    Cat:",
        """\
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind}
    Cat:""",
    )
    outcome = outcome_of("{$ref: 'api.yaml#/components/schemas/Pet'}", {"api/api.yaml": api})
    assert outcome.value is not None
    assert not violations(outcome.value, {"kind": "Cat"})
    assert not violations(outcome.value, {"kind": "Dog", "lives": "many"})
    assert [str(v) for v in violations(outcome.value, {"kind": "Cat", "lives": "many"})] == [
        "$.lives: expected an integer, got a string"
    ]
    assert violations(outcome.value, {"kind": "fish"})


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
