"""Words that say nothing change nothing: no type, no class shared by two, no way back to itself."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from msgc.emit.stubs.messages.classes import class_module
from msgc.payloads.model import ObjectShape
from tests.payloads.generated import message_of
from tests.payloads.making import Maker
from tests.payloads.schemas import outcome_of

pytestmark = pytest.mark.once

NOTHING: list[dict[str, Any]] = [
    {"additionalProperties": True},
    {"additionalProperties": {}},
    {"additionalProperties": {"description": "whatever"}},
    {"unevaluatedProperties": True},
    {"unevaluatedItems": {}},
    {"items": True},
    {"required": []},
    {"properties": {}},
    {"patternProperties": {}},
    {"propertyNames": True},
    {"dependentRequired": {}},
    {"dependentSchemas": {}},
    {"minLength": 0},
    {"minItems": 0},
    {"minProperties": 0},
    {"uniqueItems": False},
    {"allOf": [True, {}, {"$comment": "nothing"}]},
    {"if": {"minimum": 3}},
    {"if": {"minimum": 3}, "then": True, "else": {}},
    {"then": {"minimum": 3}},
    {"minContains": 1},
    {"format": "email"},
    {"discriminator": {"propertyName": "kind"}},
    {"$comment": "mine"},
    {"title": "Another Name"},
    {"examples": [1]},
    {"readOnly": True},
    {"writeOnly": True},
    {"x-owner": "somebody"},
    {"minLength": 0, "additionalProperties": True, "required": [], "title": "All At Once"},
]

TARGETS: dict[str, dict[str, Any]] = {
    "object": {"type": "object", "properties": {"q": {"type": "string"}}, "required": ["q"]},
    "open": {"type": "object", "properties": {"q": {}}, "additionalProperties": True},
    "closed": {"type": "object", "properties": {"q": {}}, "additionalProperties": False},
    "tree": {
        "type": "object",
        "properties": {"kids": {"type": "array", "items": {"$ref": "#/$defs/Target"}}},
    },
    "map of trees": {
        "type": "object",
        "properties": {"kids": {"additionalProperties": {"$ref": "#/$defs/Target"}}},
    },
    "text": {"type": "string", "minLength": 2},
    "moment": {"type": "string", "format": "date-time"},
    "enum": {"enum": ["red", "green", "blue"]},
    "number": {"type": "number", "minimum": 1},
    "list": {"type": "array", "items": {"type": "integer"}},
    "nullable": {"type": ["string", "null"]},
    "union": {
        "oneOf": [
            {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "a"}}},
            {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "b"}}},
        ]
    },
    "rules": {"type": "object", "properties": {"q": {}}, "not": {"required": ["r"]}},
}


def beside_references(schema: Any, words: dict[str, Any], *, within: bool) -> Any:
    """The schema with these words beside each `$ref`, or around an `allOf` that has it."""
    if isinstance(schema, list):
        return [beside_references(item, words, within=within) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" not in schema:
        return {
            key: beside_references(below, words, within=within) for key, below in schema.items()
        }
    if within:
        return words | {"allOf": [schema, *words.get("allOf", ())]}
    return schema | words


def module_of(schema: Any) -> str:
    return class_module(message_of(read(schema)))


def read(schema: Any) -> ObjectShape:
    outcome = outcome_of(json.dumps(schema, ensure_ascii=False))
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    assert not any(d.is_error for d in outcome.diagnostics)
    return outcome.value


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize("target", TARGETS)
def test_beside_a_reference_they_change_nothing(target: str, *, within: bool) -> None:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            "x": {"$ref": "#/$defs/Target"},
            "y": {"$ref": "#/$defs/Target"},
            "all": {"type": "array", "items": {"$ref": "#/$defs/Target"}},
        },
        "$defs": {"Target": TARGETS[target]},
    }
    if target != "union":  # which stays a schema there, as it is written
        either = [{"$ref": "#/$defs/Target"}, {"type": "null"}]
        schema["properties"]["z"] = {"anyOf": either}
    expected = module_of(schema)
    for words in NOTHING:
        assert module_of(beside_references(schema, words, within=within)) == expected, words
    kind = TARGETS[target].get("type")
    if kind is not None:
        again = beside_references(schema, {"type": kind}, within=within)
        assert module_of(again) == expected
        wider = [*([kind] if isinstance(kind, str) else kind), "boolean"]
        assert module_of(beside_references(schema, {"type": wider}, within=within)) == expected


@pytest.mark.parametrize("words", NOTHING)
@pytest.mark.parametrize("target", ["object", "closed", "tree", "rules"])
def test_beside_a_reference_that_is_a_part(target: str, words: dict[str, Any]) -> None:
    def message(part: Any) -> str:
        more = {"type": "object", "properties": {"more": {"type": "string"}}}
        return module_of({
            "type": "object",
            "properties": {"x": {"allOf": [part, more]}},
            "$defs": {"Target": {**TARGETS[target], "additionalProperties": True}},
        })  # fmt: skip

    ref = {"$ref": "#/$defs/Target"}
    expected = message(ref)
    assert "more:" in expected
    assert message(ref | words) == expected
    assert message({"allOf": [ref]} | {k: v for k, v in words.items() if k != "allOf"}) == expected


@pytest.mark.parametrize("words", NOTHING)
def test_beside_the_file_of_a_message(words: dict[str, Any]) -> None:
    files = {
        "api/node.json": json.dumps(
            {
                "type": "object",
                "properties": {"up": {"$ref": "#"}, "name": {"type": "string"}},
            }
        )
    }
    expected = outcome_of(json.dumps({"$ref": "node.json"}), files).value
    found = outcome_of(json.dumps({"$ref": "node.json"} | words), files).value
    assert expected is not None
    assert found is not None
    assert class_module(message_of(found)) == class_module(message_of(expected))


DOCUMENTED = {
    "description": '"""Said here."""',
    "deprecated": '"""Deprecated."""',
}


@pytest.mark.parametrize("word", DOCUMENTED)
def test_what_only_documents_a_field(word: str) -> None:
    defs = {"P": {"type": "object", "properties": {"q": {"type": "string"}}}}
    ref: dict[str, Any] = {"$ref": "#/$defs/P"}
    plain = module_of({"type": "object", "properties": {"x": ref}, "$defs": defs})
    said = {"description": "Said here.", "deprecated": True}[word]
    found = module_of({"type": "object", "properties": {"x": ref | {word: said}}, "$defs": defs})
    assert found.replace(f"    {DOCUMENTED[word]}\n", "") == plain
    assert found != plain


TELLING: list[dict[str, Any]] = [
    {"required": ["q"]},
    {"minProperties": 1},
    {"properties": {"more": True}},
    {"not": {"required": ["r"]}},
    {"allOf": [{}, {"maxProperties": 1}]},
    {"if": {"required": ["q"]}, "then": {"required": ["r"]}},
]


@pytest.mark.parametrize("words", TELLING)
def test_what_says_something_is_heard(words: dict[str, Any]) -> None:
    schema = {
        "type": "object",
        "properties": {"x": {"$ref": "#/$defs/P"}, "y": {"$ref": "#/$defs/P"}},
        "$defs": {"P": {"type": "object", "properties": {"q": {"type": "string"}}}},
    }
    assert module_of(beside_references(schema, words, within=False)) != module_of(schema)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_the_schema_is(seed: int) -> None:
    random = Random(seed)  # not for secrets
    schema = Maker(random).message()
    words = random.choice([some for some in NOTHING if "allOf" not in some])
    changed = beside_references(schema, words, within=False)
    before, after = (
        outcome_of(json.dumps(schema, ensure_ascii=False)),
        outcome_of(json.dumps(changed, ensure_ascii=False)),
    )
    if before.value is None or any(d.is_error for d in before.diagnostics):
        event("refused")
        return
    event("has a reference" if "$ref" in json.dumps(schema) else "has none")
    assert after.value is not None, [d.message for d in after.diagnostics]
    before_text, after_text = (
        class_module(message_of(outcome.value))
        for outcome in (before, after)
        if outcome.value is not None
    )
    # Where a schema stays a schema, what was written stands there, as it is.
    if "_DEFINITIONS" not in before_text and "rules." not in before_text:
        assert after_text == before_text, (schema, words)
