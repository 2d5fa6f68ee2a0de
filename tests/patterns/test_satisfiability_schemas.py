"""*Never* and *always* hold for whatever JSON Schema says, as the `jsonschema` library reads it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from msgc.patterns import satisfiability
from msgc.runtime.matching.matching import matches
from tests.patterns.test_satisfiability_property import NUMBERS, PATTERNS, TEXTS
from tests.payloads.schemas import outcome_of

Schema = dict[str, Any]

NAMES = st.sampled_from(["a", "b", "c", "c.d", "d"])
SCALARS = st.sampled_from([*TEXTS, *NUMBERS, True, False, None])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), inner, max_size=2)
    ),
    max_leaves=4,
)

BOUNDS = st.sampled_from([-1, 0, 0.5, 1, 2, 3])
TEXT = st.fixed_dictionaries(
    {"type": st.just("string")},
    optional={
        "minLength": st.integers(0, 2),
        "maxLength": st.integers(1, 4),
        "pattern": st.sampled_from(["^b-[0-9]+$", "^ab+c", "x", "^x?y$", "^(x|xy)$"]),
        "format": st.sampled_from(["date", "ipv6", "uuid"]),
    },
)
NUMBER = st.fixed_dictionaries(
    {"type": st.sampled_from(["number", "integer"])},
    optional={
        "minimum": BOUNDS,
        "maximum": BOUNDS,
        "exclusiveMinimum": BOUNDS,
        "exclusiveMaximum": BOUNDS,
        "multipleOf": st.sampled_from([0.5, 1, 2]),
    },
)
LEAVES = st.one_of(
    TEXT,
    NUMBER,
    st.lists(SCALARS, min_size=1, max_size=3, unique_by=repr).map(lambda some: {"enum": some}),
    SCALARS.map(lambda value: {"const": value}),
    st.sampled_from([{"type": "boolean"}, {"type": "null"}, {}, {"$ref": "#"},
                     {"type": ["string", "null"]}, {"type": ["integer", "array"]}]),
)  # fmt: skip


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Schema]:
    return st.fixed_dictionaries(
        {
            "type": st.just("object"),
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "required": st.lists(NAMES, unique=True, max_size=3),
        },
        optional={
            "additionalProperties": st.booleans() | inner,
            "patternProperties": st.dictionaries(
                st.sampled_from(["^a", "b", "^c$"]), inner, min_size=1, max_size=1
            ),
            "minProperties": st.integers(0, 2),
        },
    )


def _arrays(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Schema]:
    return st.fixed_dictionaries(
        {"type": st.just("array")},
        optional={
            "items": inner | st.booleans(),
            "prefixItems": st.lists(inner, min_size=1, max_size=2),
            "minItems": st.integers(0, 2),
            "contains": inner,
        },
    )


def _joined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Schema]:
    some = st.lists(inner, min_size=1, max_size=2)
    return st.one_of(
        st.fixed_dictionaries({}, optional={"anyOf": some, "not": inner}),
        some.map(lambda options: {"oneOf": options}),
        some.map(lambda parts: {"allOf": parts}),
        st.tuples(inner, inner, inner).map(
            lambda parts: dict(zip(("if", "then", "else"), parts, strict=True))
        ),
        st.tuples(_objects(inner), some).map(lambda parts: {**parts[0], "anyOf": parts[1]}),
    )


SCHEMAS = st.recursive(
    LEAVES, lambda inner: _objects(inner) | _arrays(inner) | _joined(inner), max_leaves=6
)
MESSAGES = st.tuples(_objects(SCHEMAS), st.lists(_objects(SCHEMAS), max_size=1)).map(
    lambda parts: {**parts[0], "allOf": parts[1]} if parts[1] else parts[0]
)


def payload_of(data: st.DataObject, schema: Any, root: Schema, depth: int = 4) -> Any:
    """Draw a value that has a good chance to be valid."""
    if not isinstance(schema, dict) or depth < 0 or data.draw(st.integers(0, 9)) == 0:
        return data.draw(VALUES)
    if "$ref" in schema:
        return payload_of(data, root, root, depth - 1)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema and (schema.get("type") is None or data.draw(st.booleans())):
            others = {key: value for key, value in schema.items() if key != word}
            chosen = data.draw(st.sampled_from(schema[word]))
            return payload_of(data, {**others, **chosen}, root, depth)
    if schema.get("type") == "object":
        return _object_of(data, schema, root, depth)
    if schema.get("type") == "array":
        parts = [*schema.get("prefixItems", ()), *[schema.get("items", True)] * 2]
        count = data.draw(st.integers(schema.get("minItems", 0), 2))
        return [payload_of(data, part, root, depth - 1) for part in parts[:count]]
    return data.draw(_scalars_of(schema))


def _scalars_of(schema: Schema) -> st.SearchStrategy[Any]:
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "string":
            return st.sampled_from(TEXTS)
        case "number" | "integer":
            return st.sampled_from(NUMBERS)
        case _:
            return VALUES


def _object_of(data: st.DataObject, schema: Schema, root: Schema, depth: int) -> Schema:
    declared = schema["properties"]
    names = {name for name in declared if data.draw(st.booleans())}
    names |= {name for name in schema["required"] if name in declared or "." not in name}
    names |= data.draw(st.sets(st.sampled_from(["a", "b", "d"]), max_size=1))
    others = schema.get("additionalProperties", True)
    return {
        name: payload_of(data, declared.get(name, others), root, depth - 1)
        for name in sorted(names)
    }


def _undeclared_dots(schema: Any) -> bool:
    """Whether a name with dots is reckoned with only if a schema has it."""
    if isinstance(schema, list):
        return any(map(_undeclared_dots, schema))
    if not isinstance(schema, dict):
        return False
    required = {name for name in schema.get("required", ()) if "." in str(name)}
    return bool(required - set(schema.get("properties", ()))) or any(
        map(_undeclared_dots, schema.values())
    )


@settings(deadline=None, max_examples=60)
@given(st.data(), MESSAGES, st.lists(PATTERNS, min_size=5, max_size=10))
def test_never_and_always(
    data: st.DataObject, schema: Schema, patterns: list[dict[str, Any]]
) -> None:
    shape = None if _undeclared_dots(schema) else outcome_of(json.dumps(schema)).value
    if shape is None:
        return
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    drawn = [payload_of(data, schema, schema) for _ in range(4)]
    payloads = list(filter(validator.is_valid, drawn))
    for pattern in patterns:
        found = satisfiability(pattern, shape)
        if found.verdict != "possible":
            always = found.verdict == "always"
            wrong = [payload for payload in payloads if matches(pattern, payload) is not always]
            assert not wrong, (pattern, found)
