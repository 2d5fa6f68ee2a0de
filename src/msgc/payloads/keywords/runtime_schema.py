"""Translate JSON Schema as it is written into JSON Schema as the runtime validates it.

Notes go, patterns become Python's, formats stay where they are checked, and what a `$ref` leads
to gets a name among the message's definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from msgc.diagnostics import did_you_mean
from msgc.payloads.codes import BAD_KEYWORD_VALUE, REF_LOOP, TOO_DEEP
from msgc.payloads.context import Context
from msgc.payloads.documents import Key, Subschema
from msgc.payloads.identifiers import pascal
from msgc.payloads.keywords.check import check_keywords
from msgc.payloads.keywords.python_words import is_open
from msgc.payloads.keywords.scalars import python_pattern, read_format, read_pattern
from msgc.payloads.model import Constraints
from msgc.payloads.vocabulary import CHECKED_FORMATS, DEEPEST, NOTES, REFERENCES, SUPPORTED, TYPES
from msgc.tree import JsonValue, Mapping, Node, Scalar, Sequence, to_json


def constraints_of(
    context: Context, here: Subschema, words: Collection[str] | None = None
) -> Constraints:
    """Return the constraints that a schema states, by all its keywords or by these `words`."""
    if context.learned.library:
        return Constraints(schema=True, definitions={})
    context.has_constraints = True
    schema = _schema(context, here, frozenset({here.key}), words)
    while context.waiting:
        name, deep = context.waiting.pop()
        context.definitions[name] = _schema(context, deep, frozenset({deep.key}))
    if words is None and here.key in context.defined:  # as a recursive one is by now
        schema = {"$ref": context.defined[here.key]}
    return Constraints(schema=schema, definitions=context.definitions)


def _schema(  # noqa: C901  # one a kind of keyword
    context: Context, here: Subschema, chain: frozenset[Key], words: Collection[str] | None = None
) -> JsonValue:
    """Translate a schema; `chain` are the schemas of the same value that led here."""
    node = here.node
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    if not isinstance(node, Mapping):
        context.say(BAD_KEYWORD_VALUE, node.span, f"a schema is an object (at `{here.pointer}`)")
        return True
    if here.depth > DEEPEST:
        context.say(TOO_DEEP, node.span, f"more than {DEEPEST} levels deep")
        return True
    if words is None:
        check_keywords(context, here, node)
    out: dict[str, JsonValue] = {}
    for word, (_, value) in node.entries.items():
        if word in _NOTHING or word not in SUPPORTED or not (words is None or word in words):
            continue
        made: JsonValue = None
        if word in REFERENCES:
            word, made = "$ref", _reference(context, here, value, chain)  # noqa: PLW2901  # a reference is told under its own word
        elif word in _PLAIN:
            made = _PLAIN[word](context, node, word)
        elif not (word == "items" and isinstance(value, Sequence)):  # which is refused
            made = _below(context, here, node, word, chain)
        if made is not None:
            out[word] = made
        elif word == "const":  # which may be null
            out[word] = None
    return out


def _reference(context: Context, here: Subschema, value: Node, chain: frozenset[Key]) -> JsonValue:
    if not isinstance(value, Scalar):
        context.say(BAD_KEYWORD_VALUE, value.span, "`$ref` takes text")
        return None
    target = context.references.follow(here, value)
    if target is None:
        return None
    if target.key in chain:
        message = f"`{target.pointer}` leads back to itself"
        context.say(REF_LOOP, target.node.span, message)
        return None
    name = context.defined.get(target.key)
    if name is None:
        step = next((s for s in reversed(target.path) if isinstance(s, str)), "")
        name = context.definition_names.unique(pascal(step) or "Schema")
        context.defined[target.key] = name
        context.definitions[name] = True  # it may lead back here
        if here.depth > DEEPEST / 2:
            deep = Subschema(target.node, target.document, target.path)
            context.waiting.append((name, deep))
        else:
            schema = _schema(context, target, chain | {target.key})
            context.definitions[name] = schema
    return name


def _below(
    context: Context, here: Subschema, node: Mapping, word: str, chain: frozenset[Key]
) -> JsonValue:
    """Translate the schema, the list of schemas, or the schemas by name that a keyword takes."""

    def made(schema: Node, *steps: str | int) -> JsonValue:
        below = here.child(schema, word, *steps)
        again = chain if word in _SAME_VALUE else frozenset()
        return _schema(context, below, again | {below.key})

    if word in _LISTS:
        return [made(item, i) for i, item in enumerate(context.some(node, word))] or None
    if word in _TABLES:
        out: dict[str, JsonValue] = {}
        for key, schema in context.entries(node, word):
            name: str | None = key.text
            if word == "patternProperties":
                name = python_pattern(context, key.text, key.span)
            if name is not None:
                out[name] = made(schema, key.text)
        return out
    return made(node.entries[word][1])


def _type(context: Context, node: Mapping, word: str) -> JsonValue:
    value = node.get(word)
    items = (value,) if isinstance(value, Scalar) else context.some(node, word)
    names: list[JsonValue] = []
    for item in items:
        if isinstance(item, Scalar) and item.text in TYPES:
            names.append(item.text)
            continue
        text = item.text if isinstance(item, Scalar) else ""
        message = f"`{text}` is no JSON type" if text else "`type` takes names of JSON types"
        context.say(BAD_KEYWORD_VALUE, item.span, message, help=did_you_mean(text, TYPES))
    return names[0] if len(names) == 1 else names or None


def _format(context: Context, node: Mapping, _: str) -> JsonValue:
    """Keep a format that is checked; as every keyword about text, it lets all else pass."""
    form = read_format(context, node)
    return form if form in CHECKED_FORMATS else None


def _enum(context: Context, node: Mapping, word: str) -> JsonValue:
    if is_open(node):
        return None
    return [to_json(item) for item in context.some(node, word)] or None


def _const(_: Context, node: Mapping, word: str) -> JsonValue:
    return to_json(node.entries[word][1])


def _required(context: Context, node: Mapping, word: str) -> JsonValue:
    return [*context.property_names(node, word)]


def _dependent_required(context: Context, node: Mapping, word: str) -> JsonValue:
    needs = context.entries(node, word)
    table = Mapping({key.text: (key, names) for key, names in needs}, node.span)
    return {key.text: [*context.property_names(table, key.text)] for key, _ in needs}


_PLAIN: dict[str, Callable[[Context, Mapping, str], JsonValue]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "format": _format,
    "pattern": lambda context, node, _: read_pattern(context, node),
    "required": _required,
    "dependentRequired": _dependent_required,
    "uniqueItems": lambda context, node, word: context.flag(node, word) or None,
    "multipleOf": Context.positive,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), Context.number),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains"),
        Context.integer,
    ),
    **dict.fromkeys(("minProperties", "maxProperties"), Context.integer),
}
"""Keywords that take values; the others take schemas."""

_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_TABLES = frozenset({"properties", "patternProperties", "dependentSchemas"})
_SAME_VALUE = frozenset(
    {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"}
)
"""Keywords that apply schemas to the value itself: a cycle of these alone has no end."""
_NOTHING = frozenset({*NOTES, "discriminator", "x-python", "x-sensitive"})
