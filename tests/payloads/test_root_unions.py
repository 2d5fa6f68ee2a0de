"""Messages that are one of several objects: a union of classes, with the verdicts of the schema."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from msgc.payloads.validation import violations
from msgc.runtime.codec import codec
from msgc.runtime.codec.violations import InvalidPayload
from tests.payloads.generated import generated
from tests.payloads.making import Maker, judge
from tests.payloads.schemas import outcome_of
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
        option: dict[str, Any] = {
            "type": "object", "properties": properties,
            "required": [*required, "kind" if tagged else tag],
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
