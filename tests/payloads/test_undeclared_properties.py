"""Properties that nobody declared: dropped, but for where something looks at them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.payloads.fields import field_at
from msgc.payloads.model import ObjectShape, Shape
from msgc.payloads.specification import parts
from msgc.runtime.codec import codec
from tests.payloads.generated import generated
from tests.payloads.schemas import shape_of

ITEM = "{$ref: '#/$defs/Item'}"
DEFINITIONS = """{
  Item: {type: object, properties: {sku: {type: string}}},
  Plain: {items: {not: {required: [n]}}},
  Tree: {type: object, properties: {kids: {type: array, items: {$ref: '#/$defs/Tree'}}},
    anyOf: [{properties: {kids: {items: {properties: {kids: {contains: {required: [n]}}}}}}}]}
}"""

LOOKED_INTO: dict[str, Any] = {
    "{type: array, uniqueItems: true, items: ITEM}": [{"sku": "a"}, {"sku": "a", "n": 1}],
    "{type: array, items: ITEM, contains: {required: [n]}}": [{"sku": "a", "n": 1}],
    """{type: object, properties: {i: ITEM}, patternProperties: {'^i': {required: [n]}}}""": {
        "i": {"sku": "a", "n": 1}
    },
    """{type: object, properties: {i: ITEM},
        patternProperties: {'^\\p{L}$': {required: [n]}}}""": {"i": {"n": 1}},
    "{type: object, properties: {i: ITEM}, enum: [{i: {n: 1}}]}": {"i": {"n": 1}},
    """{type: object, properties: {i: ITEM, b: {}},
        if: {properties: {i: {not: {required: [n]}}}}, then: {required: [b]}}""": {"i": {"n": 1}},
    """{type: object, properties: {i: {type: array, items: ITEM}},
        not: {properties: {i: {items: {not: {required: [n]}}}}}}""": {"i": [{"n": 1}]},
    """{type: object, properties: {i: ITEM, j: {type: string}},
        dependentSchemas: {j: {properties: {i: {required: [n]}}}}}""": {"i": {"n": 1}, "j": ""},
    "{anyOf: [ITEM, {type: string}], not: {type: object, not: {required: [n]}}}": {"n": 1},
    """{type: object, additionalProperties: ITEM,
        not: {additionalProperties: {not: {required: [n]}}, minProperties: 1}}""": {"b": {"n": 1}},
    "{type: array, items: ITEM, if: {minItems: 2}, then: {uniqueItems: true}}": [
        {"sku": "a"},
        {"sku": "a", "n": 1},
    ],
    "{type: array, items: ITEM, not: {prefixItems: [{not: {required: [n]}}]}}": [{"n": 1}],
    "{type: array, items: ITEM, not: {unevaluatedItems: {not: {required: [n]}}}}": [{"n": 1}],
    "{type: array, items: ITEM, not: {$ref: '#/$defs/Plain'}}": [{"n": 1}],
    """{type: object, properties: {i: ITEM},
        not: {unevaluatedProperties: {not: {required: [n]}}}}""": {"i": {"n": 1}},
    """{type: object, properties: {i: ITEM},
        not: {additionalProperties: {not: {required: [n]}}}}""": {"i": {"n": 1}},
    """{type: object, properties: {i: {type: integer}}, additionalProperties: ITEM,
        not: {properties: {j: {not: {required: [n]}}}}}""": {"j": {"n": 1}},
    "{type: object, properties: {i: {type: integer}}, minProperties: 2}": {"i": 1, "n": 1},
    "{$ref: '#/$defs/Tree'}": {"kids": [{"kids": [{"n": 1}]}]},
}
"""Schemas of `a` in which something looks at `n`, with a value that has it."""

LEFT_ALONE = (
    "{type: array, items: ITEM}",
    "{type: array, items: ITEM, contains: {required: [sku]}}",
    "{type: object, properties: {i: ITEM}, patternProperties: {'^j': {required: [n]}}}",
    """{type: object, properties: {i: ITEM, j: {}},
        if: {properties: {i: {required: [sku]}}}, then: {required: [j]}}""",
    """{type: array, uniqueItems: true,
        items: {type: object, properties: {sku: {}}, additionalProperties: false}}""",
)


def message(schema: str) -> str:
    text = schema.replace("ITEM", ITEM)
    after = "{type: array, items: {type: string}}"  # nothing looks there
    return f"{{type: object, properties: {{a: {text}, z: {after}}}, $defs: {DEFINITIONS}}}"


@pytest.mark.parametrize("schema", LOOKED_INTO)
def test_what_is_looked_at_is_written_as_it_was_read(schema: str) -> None:
    value = {"a": LOOKED_INTO[schema]}
    with generated(shape_of(message(schema))) as cls:
        read = codec.decode_text(cls, json.dumps(value))
        assert codec.encode(read) == value


@pytest.mark.parametrize("schema", LEFT_ALONE)
def test_what_nothing_looks_at_is_dropped(schema: str) -> None:
    shape = shape_of(message(schema))
    found: list[ObjectShape] = []
    waiting: list[Shape] = [shape]
    while waiting:
        each = waiting.pop()
        waiting += parts(each)
        if isinstance(each, ObjectShape) and {f.wire for f in each.fields} == {"sku"}:
            found.append(each)
    assert [each.rest for each in found] == [None]


def test_a_property_that_is_kept_so_is_no_declared_one() -> None:
    shape = shape_of(message("{type: array, uniqueItems: true, items: ITEM}"))
    assert field_at(shape, ("a", "sku")) is not None
    assert field_at(shape, ("a", "skuu")) is None
