"""Schemas and files that somebody made to break things, or that a tool made very large."""

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.emit.stubs.messages.classes import class_module
from msgc.payloads import violations
from msgc.runtime.codec import codec
from msgc.runtime.codec.violations import InvalidPayload
from tests.payloads.generated import generated, message_of
from tests.payloads.schemas import Files, outcome_of, shape_of

pytestmark = pytest.mark.once

MANY = 20_000

FILES: dict[str, tuple[str | bytes, str]] = {
    "UTF-16": ('{"type": "string"}'.encode("utf-16"), "the file is UTF-16, not UTF-8"),
    "Latin-1": ('{"title": "é"}'.encode("latin-1"), "byte 0xE9 is not UTF-8 text"),
    "no JSON": ('{"type": strin', "expected a value, found `strin`"),
    "empty": ("", "the file is empty"),
    "a key twice": ('{"type": "string", "type": "number"}', "duplicate key `type`"),
    "100,000 levels": ('{"not":' * 100_000, "nested more than 100 levels deep"),
    "100,000 lists": ("[" * 100_000, "nested more than 100 levels deep"),
    "70 levels": ('{"not":' * 70 + "{}" + "}" * 70, "more than 60 levels deep"),
    "a number without end": ('{"maxLength": ' + "9" * 5000 + "}", "`maxLength` takes a whole"),
    "a constant without end": ('{"const": ' + "9" * 5000 + "}", "this number is beyond what"),
    "no number": ('{"enum": [1, -2e308]}', "this number is beyond what"),
    "half a character": ('{"enum": ["\\ud800"]}', "an escape stands for half a character"),
    "a list": ("[]", "a schema is an object"),
    "text": ('"string"', "a schema is an object"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_says_what_is_wrong(case: str) -> None:
    content, message = FILES[case]
    files: Files = {"api/other.json": content}
    found = outcome_of("{properties: {a: {$ref: other.json}}}", files).diagnostics
    assert [d.span.source.path for d in found if d.message.startswith(message)] == [
        "api/other.json"
    ], [d.message for d in found]


def of_property(schema: Any, **words: Any) -> str:
    return json.dumps({"type": "object", "properties": {"a": schema}, **words})


@pytest.mark.parametrize(
    "schema",
    [
        {"enum": [f"value-{i}" for i in range(MANY)]},
        {"type": "integer", "enum": list(range(MANY))},
        {"enum": [*map(str, range(MANY)), {"a": 1}]},
        {"allOf": [{"enum": [*map(str, range(MANY))]}, {"enum": [*map(str, range(MANY // 2))]}]},
    ],
    ids=["text", "integers", "mixed", "two in parts"],
)
def test_an_enormous_enumeration_is_a_check_and_no_type(schema: Any) -> None:
    shape = shape_of(of_property(schema))
    assert violations(shape, {"a": "nothing"})
    text = class_module(message_of(shape))
    assert "Literal" not in text
    assert len(text) < 40 * MANY
    with generated(shape) as cls, pytest.raises(InvalidPayload) as error:
        codec.decode(cls, {"a": 0.5})
    assert len(str(error.value)) < 1000


def test_many_parts_make_no_deep_rule() -> None:
    parts = [{"not": {"const": i}} for i in range(800)]
    shape = shape_of(of_property({"allOf": parts}))
    assert violations(shape, {"a": 1})
    assert not violations(shape, {"a": 801})
    with generated(shape) as cls:
        assert codec.encode(codec.decode(cls, {"a": 801})) == {"a": 801}


def test_many_names_that_collide() -> None:
    names = ["a" + "-" * (i % 100) + "_" * (i // 100) for i in range(1, 1000)]
    fields = shape_of(
        json.dumps({"type": "object", "properties": dict.fromkeys(names, True)})
    ).fields
    assert len({field.python for field in fields}) == len(names)


NESTED: Any = "leaf"
for _ in range(40):
    NESTED = {"a": NESTED}


@pytest.mark.parametrize(
    ("schema", "valid"),
    [
        ({"anyOf": [
            {"type": "object", "properties": {"a": {"$ref": "#/$defs/X"}}, "required": ["b"]},
            {"type": "object", "properties": {"a": {"$ref": "#/$defs/X"}}, "required": ["c"]},
            {"type": "string"},
        ]}, False),
        ({"type": ["object", "string"], "allOf": [
            {"not": {"not": {"properties": {"a": {"$ref": "#/$defs/X"}}}}},
            {"not": {"not": {"properties": {"a": {"$ref": "#/$defs/X"}}}}},
        ]}, True),
        ({"allOf": [
            {"if": True, "then": {"properties": {"a": {"$ref": "#/$defs/X"}}}},
            {"if": True, "then": {"properties": {"a": {"$ref": "#/$defs/X"}}}},
        ], "type": ["object", "null"]}, False),
    ],
    ids=["options", "conditions", "parts"],
)  # fmt: skip
def test_options_that_double_take_no_time(schema: Any, valid: bool) -> None:  # noqa: FBT001  # a verdict
    text = of_property({"$ref": "#/$defs/X"}, **{"$defs": {"X": schema}})
    outcome = outcome_of(text)
    assert outcome.value is not None
    assert not any(d.is_error for d in outcome.diagnostics)
    assert (not violations(outcome.value, {"a": NESTED})) is valid


def test_a_recursion_over_two_files() -> None:
    files = {
        "api/a.json": '{"type": "object", "properties": {"b": {"$ref": "sub/b.json"}}}',
        "api/sub/b.json": (
            '{"type": "object", "required": ["n"], "properties":'
            ' {"a": {"$ref": "../a.json"}, "n": {"type": "integer"}}}'
        ),
    }
    shape = shape_of("{$ref: a.json}", files)
    found = violations(shape, {"b": {"n": 1, "a": {"b": {"a": {}}}}})
    assert [str(violation) for violation in found] == ["$.b.a.b.n: is required"]


def test_classes_that_lead_to_each_other_from_beside_a_reference() -> None:
    below = {"type": "object", "properties": {"up": {"$ref": "#/$defs/Node"}}}
    node = {"properties": {"below": below}, "required": ["below"]}
    outcome = outcome_of(
        of_property({"$ref": "#/$defs/Node", "not": {"type": "null"}}, **{"$defs": {"Node": node}})
    )
    assert outcome.value is not None
    value = {"a": {"below": {"up": {"below": {"up": 1}}}}}
    with generated(outcome.value) as cls:
        assert codec.encode(codec.decode(cls, value)) == value


def test_a_file_with_an_address_refers_to_files_beside_it() -> None:
    files = {
        "api/a.json": json.dumps({
            "$id": "https://example.com/schemas/a.json", "type": "object",
            "properties": {"b": {"$ref": "b.json"}, "c": {"$ref": "https://example.com/schemas/c"}},
            "$defs": {"c": {"$id": "c", "type": "integer"}},
        }),
        "api/b.json": '{"$id": "https://example.com/schemas/b.json", "type": "string"}',
    }  # fmt: skip
    found = violations(shape_of("{$ref: a.json}", files), {"b": 1, "c": "x"})
    assert [violation.where for violation in found] == ["$.b", "$.c"]


def test_what_a_constant_names_is_kept() -> None:
    schema = {"properties": {"b": {"type": "number"}}, "const": {"a": 1}}
    outcome = outcome_of(of_property(schema))
    assert outcome.value is not None
    with generated(outcome.value) as cls:
        assert codec.encode(codec.decode(cls, {"a": {"a": 1}})) == {"a": {"a": 1}}


def test_numbers_that_no_float_has() -> None:
    shape = shape_of(of_property({"type": "number", "multipleOf": 0.5}))
    with generated(shape) as cls:
        assert codec.encode(codec.decode(cls, {"a": 2**70 + 1})) == {"a": 2**70 + 1}
        for number in (10**5000, float("inf"), float("nan")):
            with pytest.raises(InvalidPayload):
                codec.decode(cls, {"a": number})


def test_a_number_too_long_to_write() -> None:
    shape = shape_of(of_property({"type": "integer"}))
    expected = pytest.raises(InvalidPayload, match="more digits than programs read")
    with generated(shape) as cls, expected:
        codec.encode_text(cls(a=10**5000))


@pytest.mark.parametrize("classes", [30, 70, 110])
def test_a_long_chain_of_references(classes: int) -> None:
    named = {
        f"A{i}": {"type": "object", "properties": {"x": {"$ref": f"#/$defs/A{i + 1}"}}}
        for i in range(classes)
    }
    schema = {
        "type": "object",
        "properties": {"a": {"$ref": "#/$defs/A0"}, "b": {"not": {"$ref": "#/$defs/A0"}}},
        "$defs": {**named, f"A{classes}": {"type": "string"}},
    }
    outcome = outcome_of(json.dumps(schema))
    assert outcome.value is not None
    assert outcome.diagnostics == ()
    right: Any = "x"
    wrong: Any = 3
    for _ in range(classes):
        right, wrong = {"x": right}, {"x": wrong}
    assert not violations(outcome.value, {"a": right, "b": wrong})
    found = violations(outcome.value, {"a": wrong})
    assert [len(each.path) for each in found] == [classes + 1]
    assert violations(outcome.value, {"b": right})
    with generated(outcome.value) as cls:
        assert codec.encode(codec.decode(cls, {"a": right})) == {"a": right}


def test_a_chain_of_references_that_is_too_long() -> None:
    named = {f"A{i}": {"properties": {"x": {"$ref": f"#/$defs/A{i + 1}"}}} for i in range(500)}
    outcome = outcome_of(json.dumps({"$ref": "#/$defs/A0", "$defs": {**named, "A500": {}}}))
    (found,) = [d for d in outcome.diagnostics if d.is_error]
    assert (found.code.id, found.message) == ("MSG355", "more than 240 levels deep")
