"""Messages that are one of several objects: a union of classes, with the verdicts of the schema."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from msgc.payloads.model import UnionShape
from msgc.payloads.validation import violations
from msgc.runtime.codec import codec
from msgc.runtime.codec.violations import InvalidPayload
from tests.payloads.generated import generated
from tests.payloads.making import Maker, judge
from tests.payloads.schemas import outcome_of, shape_of
from tests.payloads.test_round_trip_property import same

TAGS = ("card", "iban", "cash")


def union_of(maker: Maker) -> dict[str, Any]:
    """A message that is one of two or three objects, mostly such as can be told apart."""
    random = maker.random
    maker.definitions = {"A": True}
    maker.definitions["A"] = maker.schema(2)
    tagged = maker.chance(0.6)
    options: list[dict[str, Any]] = []
    for tag in TAGS[: random.randint(2, 3)]:
        properties: dict[str, Any] = {
            name: maker.schema(1) for name in random.sample(("a", "b", "c"), random.randint(0, 2))
        }
        required = random.sample(list(properties), random.randint(0, len(properties)))
        properties |= {"kind": {"const": tag}} if tagged else {tag: {"type": "string"}}
        if maker.chance(0.1):
            properties["whole"] = {"$ref": "#"}
        needed = ["kind" if tagged else tag]
        if maker.chance(0.15):
            needed = []
        option: dict[str, Any] = {
            "type": "object", "properties": properties, "required": [*required, *needed],
        }  # fmt: skip
        if maker.chance(0.4):
            option["additionalProperties"] = maker.chance(0.3)
        options.append(option)
    whole: dict[str, Any] = {random.choice(["oneOf", "oneOf", "anyOf"]): options}
    if maker.chance(0.3):
        whole["type"] = "object"
    whole["$defs"] = {"A": maker.definitions["A"]}
    maker.definitions["#"] = whole  # so are values made of a reference to it
    return whole


def value_of(maker: Maker, schema: dict[str, Any]) -> Any:
    """A value that nearly fits one of the options, now and then with something of another."""
    random = maker.random
    options = schema.get("oneOf") or schema["anyOf"]
    value = maker.value(random.choice(options))
    other = maker.value(random.choice(options))
    if isinstance(value, dict) and isinstance(other, dict) and maker.chance(0.3):
        return other | value
    return value


@given(seed=st.integers(0, 2**32))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_verdicts_and_round_trips(seed: int) -> None:
    maker = Maker(Random(seed))
    schema = union_of(maker)
    outcome = outcome_of(json.dumps(schema, ensure_ascii=False))
    if outcome.value is None or any(d.is_error for d in outcome.diagnostics):
        event("refused")
        return
    event("union" if outcome.value.alternatives else "one class")
    right = judge(schema)
    with generated(outcome.value) as cls:
        for _ in range(8):
            value = value_of(maker, schema)
            valid = right.is_valid(value)
            assert (not violations(outcome.value, value)) is valid, (schema, value)
            try:
                message = codec.decode_text(cls, json.dumps(value))
            except InvalidPayload:
                assert not valid, (schema, value)
                event("invalid")
                continue
            assert valid, (schema, value)
            event("valid")
            written = codec.encode(message)
            options = outcome.value.alternatives or outcome.value
            assert same(options, value, written), (schema, value, written)
            assert right.is_valid(written), (schema, value, written)
            text = codec.encode_text(message)
            assert json.loads(text) == written, (schema, value)
            assert codec.decode_text(cls, text) == message, (schema, value)


def hinted(maker: Maker) -> dict[str, Any]:
    """An object with a union in it whose options have no constant, but a `discriminator` does."""
    random = maker.random
    options: dict[str, Any] = {}
    for tag in TAGS[: random.randint(2, 3)]:
        properties: dict[str, Any] = {
            name: maker.schema(1) for name in random.sample(("a", "b", "c"), random.randint(0, 2))
        }
        required = random.sample(list(properties), random.randint(0, len(properties)))
        options[tag.title()] = {
            "type": "object", "required": ["kind", *required],
            "properties": properties | {"kind": {"enum": [*TAGS, "Card"]}},
        }  # fmt: skip
    maker.definitions = options
    value: dict[str, Any] = {
        random.choice(["oneOf", "anyOf"]): [{"$ref": f"#/$defs/{name}"} for name in options],
        "discriminator": {"propertyName": "kind", "mapping": {"card": "#/$defs/Card"}},
    }
    return {"type": "object", "required": ["v"], "properties": {"v": value}, "$defs": options}


@given(seed=st.integers(0, 2**32))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_what_is_meant(seed: int) -> None:
    maker = Maker(Random(seed))
    schema = hinted(maker)
    outcome = outcome_of(json.dumps(schema, ensure_ascii=False))
    if outcome.value is None or any(d.is_error for d in outcome.diagnostics):
        event("refused")
        return
    right = judge(schema)
    one = outcome.value.fields[0].shape
    event(f"union: {isinstance(one, UnionShape) and one.hints is not None}")
    with generated(outcome.value) as cls:
        for _ in range(8):
            value = {"v": maker.value(maker.random.choice(list(schema["$defs"].values())))}
            valid = right.is_valid(value)
            assert (not violations(outcome.value, value)) is valid, (schema, value)
            try:
                message = codec.decode_text(cls, json.dumps(value))
            except InvalidPayload:
                assert not valid, (schema, value)
                continue
            event("valid")
            assert valid, (schema, value)
            written = codec.encode(message)
            assert right.is_valid(written), (schema, value, written)
            options = one.options if isinstance(one, UnionShape) else ()
            named = type(message.v).__name__
            read = next((o for o in options if getattr(o, "name", "") == named), one)
            assert same(read, value["v"], written["v"]), (schema, value, written)
            again = codec.decode_text(cls, codec.encode_text(message))
            # What fits another object than is meant may be read as that one, without the rest.
            assert again == message or type(again.v) is not type(message.v)


PETS = """{
  type: object, required: [pet], properties: {pet: {
    WORD: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}],
    discriminator: {propertyName: kind, mapping: {tom: "#/$defs/Cat"}}}},
  $defs: {
    Cat: {type: object, required: [kind], properties: {kind: &kind {type: string}, lives: {type: integer}}},
    Dog: {type: object, required: [kind], properties: {kind: *kind, bark: {type: string}}}}}
"""  # noqa: E501


def test_the_discriminator_says_which_class_is_meant() -> None:
    with generated(shape_of(PETS.replace("WORD", "anyOf"))) as cls:
        for said, name in (("tom", "Cat"), ("Cat", "Cat"), ("Dog", "Dog"), ("else", "Cat")):
            pet = codec.decode(cls, {"pet": {"kind": said}}).pet
            assert type(pet).__name__ == name
        misfit = {"pet": {"kind": "Dog", "bark": 1, "lives": "nine"}}
        with pytest.raises(InvalidPayload, match="bark: expected a string") as error:
            codec.decode(cls, misfit)
        assert len(error.value.violations) == 1


def test_one_of_refuses_what_fits_both() -> None:
    with generated(shape_of(PETS.replace("WORD", "oneOf"))) as cls:
        with pytest.raises(InvalidPayload, match="fits several"):
            codec.decode(cls, {"pet": {"kind": "Cat"}})
        assert codec.decode(cls, {"pet": {"kind": "?", "bark": 1}}).pet.lives is None


def test_objects_without_a_type_are_told_from_what_is_none() -> None:
    schema = """{required: [a], properties: {a: {oneOf: [
      {title: Here, required: [at], properties: {at: {const: here}}},
      {title: There, required: [at], properties: {at: {const: there}}}]}}}"""
    shape = shape_of(schema)
    with generated(shape) as cls:
        assert type(codec.decode(cls, {"a": {"at": "there"}}).a).__name__ == "There"
        values: tuple[Any, ...] = ("text", 3, None, [], {}, {"at": "else"})
        for value in values:
            assert not judge(yaml.safe_load(schema)).is_valid({"a": value})
            with pytest.raises(InvalidPayload):
                codec.decode(cls, {"a": value})


def test_one_option_may_do_without_the_constant() -> None:
    schema = """{type: object, required: [a], properties: {a: {oneOf: [
      {type: object, title: Here, properties: {at: {const: here}, n: {type: string}}},
      {type: object, title: There, required: [at], properties: {at: {const: there}}}]}}}"""
    with generated(shape_of(schema)) as cls:
        for value, name in (({}, "Here"), ({"at": "here"}, "Here"), ({"at": "there"}, "There")):
            read = codec.decode(cls, {"a": value})
            assert type(read.a).__name__ == name
            assert codec.encode(read) == {"a": value}
