"""Rules beside shapes: what is checked on the JSON value since no Python type says it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from msgc.payloads.model import ObjectShape, RefShape, Rules, Shape, UnionShape
from msgc.tree import JsonValue

_UNEVALUATED = frozenset({"unevaluatedProperties", "unevaluatedItems"})
_LOOKING = frozenset({
    "$ref", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "contains", "minContains",
    *_UNEVALUATED,
})  # fmt: skip


def ruled(shape: Shape, rules: Rules | None) -> Shape:
    """Return a shape that keeps these rules as well."""
    if rules is None or rules.schema is True or rules.schema == {}:
        return shape
    if isinstance(shape, ObjectShape | RefShape):  # the class keeps its own, wherever it is used
        return UnionShape(description=shape.description, options=(shape,), rules=rules)
    return shape.replace(rules=both(shape.rules, rules))


def both(first: Rules | None, second: Rules | None) -> Rules | None:
    """Return rules that say what two say."""
    if first is None or second is None or first is second:
        return first or second
    schema: JsonValue = {"allOf": [*_parts(first.schema), *_parts(second.schema)]}
    return Rules(schema=schema, definitions=first.definitions)


def _parts(schema: JsonValue) -> list[JsonValue]:
    """Return what a schema says as parts: many of them must not become a deep one."""
    parts = schema.get("allOf") if isinstance(schema, dict) and len(schema) == 1 else None
    return parts if isinstance(parts, list) else [schema]


def with_names_alone(rules: Rules) -> Rules:
    """Return rules that know `properties` by their names: what they are, a shape checks."""
    schema = rules.schema
    if not isinstance(schema, dict) or "properties" not in schema:
        return rules
    return rules.replace(schema={**schema, "properties": _names(schema["properties"])})


def looking(rules: Rules) -> Rules:
    """Return rules that tell what `unevaluated...` leaves; all else is checked beside them."""
    return rules.replace(schema=_looking(rules.schema))


def _looking(schema: JsonValue) -> JsonValue:
    out: dict[str, JsonValue] = {}
    for word, value in schema.items() if isinstance(schema, dict) else ():
        if word in ("properties", "patternProperties"):
            out[word] = _names(value)
        elif word in ("items", "additionalProperties"):
            out[word] = True
        elif word == "prefixItems" and isinstance(value, list):
            out[word] = [True] * len(value)
        elif word == "allOf" and isinstance(value, list):
            out[word] = [each if _UNEVALUATED & _words(each) else _looking(each) for each in value]
        elif word in _LOOKING:
            out[word] = value
    return out if isinstance(schema, dict) else schema


def _names(schemas: JsonValue) -> JsonValue:
    return dict.fromkeys(schemas, True) if isinstance(schemas, dict) else schemas


def _words(schema: JsonValue) -> AbstractSet[str]:
    return schema.keys() if isinstance(schema, dict) else frozenset()


def reachable(rules: Rules) -> dict[str, JsonValue]:
    """Return the definitions that a schema refers to, and those that they refer to."""
    found: dict[str, JsonValue] = {}
    waiting = [rules.schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            name = value.get("$ref")
            if isinstance(name, str) and name in rules.definitions and name not in found:
                found[name] = rules.definitions[name]
                waiting.append(found[name])
            waiting += value.values()
    return dict(sorted(found.items()))
