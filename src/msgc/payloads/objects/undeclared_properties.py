"""Whether constraints look at undeclared properties: such an object must keep them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from msgc.payloads.model import Constraints
from msgc.tree import JsonValue

_IN_PLACE = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
_OPEN = frozenset({
    "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties",
    "minProperties", "enum", "const",
})  # fmt: skip


def mentions_undeclared(constraints: Constraints | None, known: AbstractSet[str]) -> bool:
    """Whether constraints of an object look at properties that it doesn't declare."""
    return constraints is not None and _is_mentioned_in(constraints.schema, known, asserted=True)


def _is_mentioned_in(schema: JsonValue, known: AbstractSet[str], *, asserted: bool) -> bool:
    """Look at one schema; `asserted` if every value must fit it, and it is no condition."""
    if not isinstance(schema, dict):
        return False
    if "$ref" in schema or names_undeclared(schema, known, asserted=asserted):
        return True
    return any(
        _is_mentioned_in(below, known, asserted=still)
        for below, still in in_place(schema, asserted=asserted)
    )


def names_undeclared(
    schema: dict[str, JsonValue], known: AbstractSet[str], *, asserted: bool
) -> bool:
    """Whether the keywords of one schema look at properties that aren't known."""
    words = _OPEN & schema.keys()
    if asserted and schema.get("unevaluatedProperties") is False:  # then there are none
        words -= {"unevaluatedProperties"}
    return bool(words) or not _mentioned(schema) <= known


def in_place(schema: dict[str, JsonValue], *, asserted: bool) -> Iterator[tuple[JsonValue, bool]]:
    """Return the schemas that look at the same value."""
    for word in _IN_PLACE:
        value = schema.get(word)
        if isinstance(value, dict) and word == "dependentSchemas":
            value = list(value.values())
        for below in value if isinstance(value, list) else [value]:
            yield below, asserted and word == "allOf"


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
