"""Enumerations that have a name: one alias, shared by all that refer to it."""

from __future__ import annotations

import pytest

from msgc.emit.stubs.messages.classes import class_module
from tests.payloads.generated import generated, message_of
from tests.payloads.schemas import shape_of

STATE = "{type: string, enum: [PENDING, RUNNING, SUCCEEDED, FAILED, CANCELLED, UNKNOWN]}"
REF = "{$ref: '#/$defs/State'}"

FIELDS = {
    # a schema, and how its field is written
    REF: "a: State | None = None",
    "{$ref: '#/$defs/State', description: Of it.}": "a: State | None = None",
    "{$ref: '#/$defs/State', default: UNKNOWN}": 'a: State = "UNKNOWN"',
    "{$ref: '#/$defs/State', type: string}": "a: State | None = None",
    "{allOf: [{$ref: '#/$defs/State'}]}": "a: State | None = None",
    "{$ref: '#/$defs/Again'}": "a: State | None = None",
    f"{{type: array, items: {REF}}}": "a: tuple[State, ...] | None = None",
    f"{{type: object, additionalProperties: {REF}}}": "a: dict[str, State] | None = None",
    f"{{anyOf: [{REF}, {{type: 'null'}}]}}": "a: State | None | Unset = UNSET",
    f"{{anyOf: [{REF}, {{$ref: '#/$defs/Level'}}]}}": "a: State | Level | None = None",
    f"{{anyOf: [{REF}, {{const: 7}}]}}": "a: State | Literal[7] | None = None",
    "{$ref: '#/$defs/Maybe'}": "a: Maybe | None | Unset = UNSET",
    "{$ref: '#/$defs/Level'}": "a: Level | None = None",
    "{$ref: state.yaml}": "a: State | None = None",
    "{$ref: '#/$defs/Only'}": 'a: Literal["one"] | None = None',
    # what is no longer the same enumeration
    f"{{oneOf: [{REF}, {{const: GONE}}]}}": "a: OrderPlacedA | None = None",
    f"{{allOf: [{REF}, {{enum: [PENDING, FAILED]}}]}}": (
        'a: Literal["PENDING", "FAILED"] | None = None'
    ),
}


@pytest.mark.parametrize("schema", FIELDS)
def test_how_a_field_is_written(schema: str) -> None:
    files = {"api/state.yaml": STATE}
    shape = shape_of(
        f"{{properties: {{a: {schema}}}, $defs: {{State: {STATE}, Level: {{enum: [1, 2]}},"
        f" Again: {REF}, Maybe: {{enum: [yes, no, null]}}, Only: {{const: one}}}}}}",
        files,
    )
    text = class_module(message_of(shape))
    assert f"\n    {FIELDS[schema]}\n" in text
    with generated(shape):
        pass


def test_one_alias_for_all() -> None:
    shape = shape_of(
        f"{{properties: {{from: {REF}, to: {REF}, other: {{$ref: '#/$defs/Other'}}}},"
        f" $defs: {{State: {STATE}, Other: {{type: object, properties: {{state: {REF}}}}}}}}}"
    )
    text = class_module(message_of(shape))
    assert text.count("TypeAlias = ") == 1
    assert text.count(": State | None = None") == 3


def test_a_name_that_is_taken() -> None:
    shape = shape_of(
        "{properties: {a: {title: State, type: object, properties: {x: {}}},"
        " b: {$ref: '#/$defs/State'}, c: {$ref: '#/$defs/Unset'}},"
        f" $defs: {{State: {STATE}, Unset: {{enum: [x, y, null]}}}}}}"
    )
    text = class_module(message_of(shape))
    assert "a: State | None = None" in text
    assert "b: OrderPlacedState | None = None" in text
    assert "c: Unset | None | Unset_ = UNSET" in text
    with generated(shape):
        pass
