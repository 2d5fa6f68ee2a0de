"""Rules beside shapes: what is checked on the JSON value since no Python type says it."""

from __future__ import annotations

from msgc.payloads.model import ObjectShape, RefShape, Rules, Shape, UnionShape
from msgc.tree import JsonValue

_IN_PLACE = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
_OPEN = frozenset({
    "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties",
    "minProperties", "enum", "const", "$ref",
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
    schema: JsonValue = {"allOf": [first.schema, second.schema]}
    return Rules(schema=schema, definitions=first.definitions)


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


def speaks_of_others(rules: Rules | None, known: frozenset[str]) -> bool:
    """Whether a rule of an object looks at properties that the object doesn't declare.

    A class then has to keep them: what it wrote would else be judged otherwise than what it read.
    """
    return rules is not None and _looks_at_others(rules.schema, known, asserted=True)


def _looks_at_others(schema: JsonValue, known: frozenset[str], *, asserted: bool) -> bool:
    """Look at one schema; `asserted` if every value must fit it, and it is no condition."""
    if not isinstance(schema, dict):
        return False
    words = _OPEN & schema.keys()
    if asserted and schema.get("unevaluatedProperties") is False:  # then there are no others
        words -= {"unevaluatedProperties"}
    if words or not _mentioned(schema) <= known:
        return True
    for word in _IN_PLACE:
        value = schema.get(word)
        if isinstance(value, dict) and word == "dependentSchemas":
            value = list(value.values())
        for below in value if isinstance(value, list) else [value]:
            if _looks_at_others(below, known, asserted=asserted and word == "allOf"):
                return True
    return False


def _mentioned(schema: dict[str, JsonValue]) -> set[str]:
    """Return the properties that a schema names; one that must not be there need not be kept."""
    names: set[str] = set()
    lists = [schema.get("required")]
    for word in ("properties", "dependentRequired", "dependentSchemas"):
        entries = schema.get(word)
        if isinstance(entries, dict):
            names.update(name for name, below in entries.items() if below is not False)
            lists += entries.values()
    for each in lists:
        if isinstance(each, list):
            names.update(name for name in each if isinstance(name, str))
    return names
