"""Schemas that stay schemas: JSON Schema as it is written → JSON Schema as the runtime takes it.

Notes go, patterns become Python's, formats stay where they are checked, and what a `$ref` leads
to gets a name among the message's definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from msgc.diagnostics import did_you_mean
from msgc.payloads.codes import BAD_KEYWORD_VALUE, REF_LOOP, TOO_DEEP
from msgc.payloads.identifiers import pascal
from msgc.payloads.keywords import CHECKED_FORMATS, DEEPEST, NOTES, REFERENCES, TYPES
from msgc.payloads.model import Rules
from msgc.payloads.places import Here, Key
from msgc.payloads.reading import Reading
from msgc.payloads.scalars import python_pattern, read_format, read_pattern
from msgc.payloads.words import check_words
from msgc.tree import JsonValue, Mapping, Node, Scalar, Sequence, to_json


def rules_of(reading: Reading, here: Here, words: Collection[str] | None = None) -> Rules:
    """Return what a schema says as rules; of these `words`, or of all."""
    reading.looking = True
    schema = _schema(reading, here, frozenset({here.key}), words)
    if words is None and here.key in reading.defined:  # as a recursive one is by now
        schema = {"$ref": reading.defined[here.key]}
    return Rules(schema=schema, definitions=reading.definitions)


def _schema(  # noqa: C901  # one a kind of keyword
    reading: Reading, here: Here, chain: frozenset[Key], words: Collection[str] | None = None
) -> JsonValue:
    """Translate a schema; `chain` are the schemas of the same value that led here."""
    node = here.node
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    if not isinstance(node, Mapping):
        reading.say(BAD_KEYWORD_VALUE, node.span, f"a schema is an object (at `{here.pointer}`)")
        return True
    if here.depth > DEEPEST:
        reading.say(TOO_DEEP, node.span, f"more than {DEEPEST} levels deep")
        return True
    if words is None:
        check_words(reading, here, node)
    out: dict[str, JsonValue] = {}
    for word, (_, value) in node.entries.items():
        if word in _NOTHING or word.startswith("x-") or not (words is None or word in words):
            continue
        made: JsonValue = None
        if word in REFERENCES:
            word, made = "$ref", _reference(reading, here, value, chain)  # noqa: PLW2901
        elif word in _PLAIN:
            made = _PLAIN[word](reading, node, word)
        elif not (word == "items" and isinstance(value, Sequence)):  # which is refused
            made = _below(reading, here, node, word, chain)
        if made is not None:
            out[word] = made
        elif word == "const":  # which may be null
            out[word] = None
    return out


def _reference(reading: Reading, here: Here, value: Node, chain: frozenset[Key]) -> JsonValue:
    if not isinstance(value, Scalar):
        reading.say(BAD_KEYWORD_VALUE, value.span, "`$ref` takes text")
        return None
    target = reading.references.follow(here, value)
    if target is None:
        return None
    if target.key in chain:
        message = f"`{target.pointer}` leads back to itself"
        reading.say(REF_LOOP, target.node.span, message)
        return None
    name = reading.defined.get(target.key)
    if name is None:
        step = next((s for s in reversed(target.path) if isinstance(s, str)), "")
        name = reading.definition_names.unique(pascal(step) or "Schema")
        reading.defined[target.key] = name
        reading.definitions[name] = True  # it may lead back here
        schema = _schema(reading, target, chain | {target.key})
        reading.definitions[name] = schema
    return name


def _below(
    reading: Reading, here: Here, node: Mapping, word: str, chain: frozenset[Key]
) -> JsonValue:
    """Translate the schema, the list of schemas, or the schemas by name that a keyword takes."""

    def made(schema: Node, *steps: str | int) -> JsonValue:
        below = here.child(schema, word, *steps)
        again = chain if word in _SAME_VALUE else frozenset()
        return _schema(reading, below, again | {below.key})

    if word in _LISTS:
        return [made(item, i) for i, item in enumerate(reading.some(node, word))] or None
    if word in _TABLES:
        out: dict[str, JsonValue] = {}
        for key, schema in reading.entries(node, word):
            name: str | None = key.text
            if word == "patternProperties":
                name = python_pattern(reading, key.text, key.span)
            if name is not None:
                out[name] = made(schema, key.text)
        return out
    return made(node.entries[word][1])


def _type(reading: Reading, node: Mapping, word: str) -> JsonValue:
    value = node.get(word)
    items = (value,) if isinstance(value, Scalar) else reading.some(node, word)
    names: list[JsonValue] = []
    for item in items:
        if isinstance(item, Scalar) and item.text in TYPES:
            names.append(item.text)
            continue
        text = item.text if isinstance(item, Scalar) else ""
        message = f"`{text}` is no JSON type" if text else "`type` takes names of JSON types"
        reading.say(BAD_KEYWORD_VALUE, item.span, message, help=did_you_mean(text, TYPES))
    return names[0] if len(names) == 1 else names or None


def _format(reading: Reading, node: Mapping, _: str) -> JsonValue:
    """Keep a format that is checked; as every keyword about text, it lets all else pass."""
    form = read_format(reading, node)
    return form if form in CHECKED_FORMATS else None


def _enum(reading: Reading, node: Mapping, word: str) -> JsonValue:
    return [to_json(item) for item in reading.some(node, word)] or None


def _const(_: Reading, node: Mapping, word: str) -> JsonValue:
    return to_json(node.entries[word][1])


def _required(reading: Reading, node: Mapping, word: str) -> JsonValue:
    return [*reading.property_names(node, word)]


def _dependent_required(reading: Reading, node: Mapping, word: str) -> JsonValue:
    needs = reading.entries(node, word)
    table = Mapping({key.text: (key, names) for key, names in needs}, node.span)
    return {key.text: [*reading.property_names(table, key.text)] for key, _ in needs}


_PLAIN: dict[str, Callable[[Reading, Mapping, str], JsonValue]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "format": _format,
    "pattern": lambda reading, node, _: read_pattern(reading, node),
    "required": _required,
    "dependentRequired": _dependent_required,
    "uniqueItems": lambda reading, node, word: reading.flag(node, word) or None,
    "multipleOf": Reading.positive,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), Reading.number),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains"),
        Reading.integer,
    ),
    **dict.fromkeys(("minProperties", "maxProperties"), Reading.integer),
}
"""Keywords with values of their own; the others take schemas."""

_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_TABLES = frozenset({"properties", "patternProperties", "dependentSchemas"})
_SAME_VALUE = frozenset(
    {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"}
)
"""What looks at the value itself: a way back to a schema through these has no end."""
_NOTHING = frozenset({*NOTES, "discriminator"})
