"""Constraints beside a shape: JSON Schema that no Python type expresses, checked on the value."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from msgc.payloads.model import Constraints, ObjectShape, RefShape, Shape, UnionShape
from msgc.tree import JsonValue

_UNEVALUATED = frozenset({"unevaluatedProperties", "unevaluatedItems"})
_EVALUATING = frozenset({
    "$ref", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "contains", "minContains",
    *_UNEVALUATED,
})  # fmt: skip


def constrained(shape: Shape, constraints: Constraints | None) -> Shape:
    """Return a shape that has these constraints as well."""
    if constraints is None or constraints.schema is True or constraints.schema == {}:
        return shape
    if isinstance(shape, ObjectShape | RefShape):  # the class keeps its own, wherever it is used
        return UnionShape(description=shape.description, options=(shape,), constraints=constraints)
    return shape.replace(constraints=both(shape.constraints, constraints))


def both(first: Constraints | None, second: Constraints | None) -> Constraints | None:
    """Return the conjunction of two constraints."""
    if first is None or second is None or first is second:
        return first or second
    schema: JsonValue = {"allOf": [*_parts(first.schema), *_parts(second.schema)]}
    return Constraints(schema=schema, definitions=first.definitions)


def _parts(schema: JsonValue) -> list[JsonValue]:
    """Return the parts of an `allOf`, or the schema alone: conjunctions are kept flat."""
    parts = schema.get("allOf") if isinstance(schema, dict) and len(schema) == 1 else None
    return parts if isinstance(parts, list) else [schema]


def without_property_schemas(constraints: Constraints) -> Constraints:
    """Return constraints that know only the names of `properties`: a shape checks their values."""
    schema = constraints.schema
    if not isinstance(schema, dict) or "properties" not in schema:
        return constraints
    return constraints.replace(schema={**schema, "properties": _names(schema["properties"])})


def for_unevaluated(constraints: Constraints) -> Constraints:
    """Return what `unevaluated...` depends on of constraints; the rest is checked beside it."""
    return constraints.replace(schema=_evaluating(constraints.schema))


def _evaluating(schema: JsonValue) -> JsonValue:
    out: dict[str, JsonValue] = {}
    for word, value in schema.items() if isinstance(schema, dict) else ():
        if word in ("properties", "patternProperties"):
            out[word] = _names(value)
        elif word in ("items", "additionalProperties"):
            out[word] = True
        elif word == "prefixItems" and isinstance(value, list):
            out[word] = [True] * len(value)
        elif word == "allOf" and isinstance(value, list):
            out[word] = [
                each if _UNEVALUATED & _words(each) else _evaluating(each) for each in value
            ]
        elif word in _EVALUATING:
            out[word] = value
    return out if isinstance(schema, dict) else schema


def _names(schemas: JsonValue) -> JsonValue:
    return dict.fromkeys(schemas, True) if isinstance(schemas, dict) else schemas


def _words(schema: JsonValue) -> AbstractSet[str]:
    return schema.keys() if isinstance(schema, dict) else frozenset()


def reachable_definitions(constraints: Constraints) -> dict[str, JsonValue]:
    """Return the definitions that a schema refers to, and those that they refer to."""
    found: dict[str, JsonValue] = {}
    waiting = [constraints.schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            name = value.get("$ref")
            if isinstance(name, str) and name in constraints.definitions and name not in found:
                found[name] = constraints.definitions[name]
                waiting.append(found[name])
            waiting += value.values()
    return dict(sorted(found.items()))
