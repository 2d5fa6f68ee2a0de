"""Bring a message's schema down to JSON Schema draft 4, which EventBridge's registries take.

What draft 4 says in other words is said so; what it has no words for is left out and told: the
result then says less than the schema does.
https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname.html
"""

from __future__ import annotations

from collections.abc import Callable

from msgc.diagnostics import Diagnostic, Outcome
from msgc.payloads.dialects import translated
from msgc.payloads.documents import Document, Key, Subschema, WrittenSchema
from msgc.payloads.documents.files import SchemaFiles
from msgc.payloads.documents.references import References
from msgc.payloads.identifiers import pascal
from msgc.payloads.vocabulary import NOTES, SUPPORTED
from msgc.record import Record
from msgc.source import Span
from msgc.tree import JsonValue, Mapping, Node, Scalar, Sequence, to_json

Json = dict[str, JsonValue]

_AS_IT_IS = frozenset({
    "title", "description", "default", "type", "enum", "format", "pattern", "minLength",
    "maxLength", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties",
    "maxProperties", "minimum", "maximum",
})  # fmt: skip
_ONE = frozenset({"not", "items", "additionalProperties"})
_LISTS = frozenset({"allOf", "anyOf", "oneOf"})
_TABLES = frozenset({"properties", "patternProperties"})
_COMPOSED = frozenset({"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas"})


class Lost(Record):
    """A keyword that draft 4 has no words for."""

    word: str
    span: Span


class Draft4(Record):
    """A schema in draft 4: definitions, of which one is the message's own, and what is lost."""

    definitions: dict[str, JsonValue]
    lost: tuple[Lost, ...]


def draft4(schema: WrittenSchema, name: str) -> Draft4:
    """Return a message's schema as definitions, its own under `name`."""
    document = Document(path=schema.document.path, root=translated(schema.document.root))
    made = _Translation(schema, document)
    made.define(made.file_of(Subschema(document.root, document, ())), name)
    return Draft4(definitions=made.definitions, lost=tuple(made.lost))


class _Translation:
    def __init__(self, schema: WrittenSchema, document: Document) -> None:
        ignored: list[Diagnostic] = []  # whoever read the schema has told them
        files = SchemaFiles(document, _loader(schema), ignored, schema.catalog)
        self._references = References(files)
        self._names: dict[Key, str] = {}
        self.definitions: dict[str, JsonValue] = {}
        self.lost: list[Lost] = []

    def file_of(self, here: Subschema) -> Subschema:
        """Follow `schema: {$ref: file.json}`: what lies there is the message itself."""
        seen = {here.key}
        while isinstance(here.node, Mapping) and here.node.entries.keys() - NOTES == {"$ref"}:
            ref = here.node.get("$ref")
            target = self._references.follow(here, ref) if isinstance(ref, Scalar) else None
            if target is None or target.key in seen:
                break
            seen.add(target.key)
            here = target
        return here

    def define(self, here: Subschema, name: str) -> str:
        """Put a schema among the definitions; return its name there."""
        unique, count = name, 1
        while unique in self.definitions:
            count += 1
            unique = f"{name}{count}"
        self._names[here.key] = unique
        self.definitions[unique] = {}  # which it may refer to itself
        self.definitions[unique] = self._schema(here)
        return unique

    def _schema(self, here: Subschema) -> Json:
        node = here.node
        if not isinstance(node, Mapping):
            admits = not isinstance(node, Scalar) or node.value is not False
            return {} if admits else {"not": {}}
        out: Json = {}
        parts: list[JsonValue] = []
        done: set[_Method] = set()
        for word, (_, value) in node.entries.items():
            if word in _AS_IT_IS:
                out[word] = _plain(to_json(value))
            elif word == "items" and "prefixItems" in node.entries:
                out["additionalItems"] = self._below(here, "additionalProperties", value)
            elif word in _ONE | _LISTS | _TABLES:
                out[word] = self._below(here, word, value)
            elif (method := _OTHERS.get(word)) is not None and method not in done:
                done.add(method)
                method(self, here, node, out, parts)
            elif word in SUPPORTED and not (word in _OTHERS or word in _SILENT):
                self._lose(node, word)
        return self._with(out, parts)

    def _with(self, out: Json, parts: list[JsonValue]) -> Json:
        """Return a schema and the parts that it has to fit besides; a reference stands alone."""
        if not parts:
            return out
        written = out.pop("allOf", [])
        listed = [*(written if isinstance(written, list) else ()), *parts]
        if not out and len(listed) == 1 and isinstance(listed[0], dict):
            return listed[0]
        return {**out, "allOf": listed}

    def _below(self, here: Subschema, word: str, value: Node) -> JsonValue:
        if word in _LISTS and isinstance(value, Sequence):
            return [self._schema(here.child(v, word, i)) for i, v in enumerate(value.items)]
        if word in _TABLES and isinstance(value, Mapping):
            return {k.text: self._schema(here.child(v, word, k.text)) for k, v in value.items()}
        if word == "additionalProperties" and isinstance(value, Scalar):
            return to_json(value)
        return self._schema(here.child(value, word))

    def _lose(self, node: Mapping, word: str) -> None:
        self.lost.append(Lost(word=word, span=node.key(word).span))

    def reference(self, here: Subschema, node: Mapping, _: Json, parts: list[JsonValue]) -> None:
        """Translate a reference, to a definition."""
        word = "$ref" if "$ref" in node.entries else "$dynamicRef"
        ref = node.get(word)
        target = self._references.follow(here, ref) if isinstance(ref, Scalar) else None
        if target is None:
            self._lose(node, word)
            return
        name = self._names.get(target.key)
        if name is None:
            step = next((s for s in reversed(target.path) if isinstance(s, str)), "")
            name = self.define(target, pascal(step or _stem(target.document.path)) or "Schema")
        parts.append({"$ref": f"#/definitions/{name}"})

    def const(self, _: Subschema, node: Mapping, out: Json, parts: list[JsonValue]) -> None:
        """Translate `const`, to an `enum` of one."""
        values: list[JsonValue] = [to_json(node.entries["const"][1])]
        if "enum" in node.entries:
            parts.append({"enum": values})
        else:
            out["enum"] = values

    def required(self, _: Subschema, node: Mapping, out: Json, __: list[JsonValue]) -> None:
        """Translate `required`, which isn't empty in draft 4."""
        names = to_json(node.entries["required"][1])
        if names:  # draft 4 wants one at least
            out["required"] = names

    def bound(self, _: Subschema, node: Mapping, out: Json, __: list[JsonValue]) -> None:
        """Translate exclusive bounds, which draft 4 says as `true` beside the bound."""
        for limit, word, sign in (
            ("minimum", "exclusiveMinimum", 1),
            ("maximum", "exclusiveMaximum", -1),
        ):
            bound = _number(node.get(word))
            inclusive = _number(node.get(limit))
            if bound is not None and (inclusive is None or bound * sign >= inclusive * sign):
                out[limit], out[word] = bound, True

    def prefix(self, here: Subschema, node: Mapping, out: Json, _: list[JsonValue]) -> None:
        """Translate `prefixItems`, which are `items` in draft 4."""
        value = node.entries["prefixItems"][1]
        items = value.items if isinstance(value, Sequence) else ()
        out["items"] = [self._schema(here.child(v, "prefixItems", i)) for i, v in enumerate(items)]

    def contains(self, here: Subschema, node: Mapping, _: Json, parts: list[JsonValue]) -> None:
        """Translate `contains`: not all items are something else."""
        least = _number(node.get("minContains"))
        if least is not None and least > 1:
            self._lose(node, "minContains")
        if "maxContains" in node.entries:
            self._lose(node, "maxContains")
        if least != 0:
            wanted = self._schema(here.child(node.entries["contains"][1], "contains"))
            none: Json = {"type": "array", "items": {"not": wanted}}
            parts.append({"not": none})

    def condition(self, here: Subschema, node: Mapping, _: Json, parts: list[JsonValue]) -> None:
        """Translate `if`, by what has to hold unless it does."""
        asked = self._schema(here.child(node.entries["if"][1], "if"))
        for word in ("then", "else"):
            if word in node.entries:
                wanted = self._schema(here.child(node.entries[word][1], word))
                unless: JsonValue = {"not": asked} if word == "then" else asked
                parts.append({"anyOf": [unless, wanted]})

    def needs(self, here: Subschema, node: Mapping, _: Json, parts: list[JsonValue]) -> None:
        """Translate what a property needs: `dependencies` in draft 4."""
        for word in ("dependentRequired", "dependentSchemas"):
            value = node.get(word)
            needed: Json = {}
            for key, each in value.items() if isinstance(value, Mapping) else ():
                if word == "dependentSchemas":
                    needed[key.text] = self._schema(here.child(each, word, key.text))
                elif names := to_json(each):
                    needed[key.text] = names
            if needed:
                parts.append({"dependencies": needed})

    def property_names(
        self, here: Subschema, node: Mapping, _: Json, parts: list[JsonValue]
    ) -> None:
        """Say which names a mapping may have: draft 4 can by a pattern, or by listing them."""
        wanted = self._schema(here.child(node.entries["propertyNames"][1], "propertyNames"))
        wanted = {word: value for word, value in wanted.items() if word not in _NOTED}
        pattern, names = wanted.pop("pattern", None), wanted.pop("enum", None)
        kind = wanted.pop("type", "string")
        if wanted or kind != "string" or (pattern is None) == (names is None):
            self._lose(node, "propertyNames")
        elif pattern is not None:
            parts.append({"patternProperties": {str(pattern): {}}, "additionalProperties": False})
        elif isinstance(names, list):
            listed: Json = {str(name): {} for name in names}
            parts.append({"properties": listed, "additionalProperties": False})

    def unevaluated(self, here: Subschema, node: Mapping, out: Json, _: list[JsonValue]) -> None:
        """Say what is left of a mapping or a list, where no other schema has a say about it."""
        for word, same in (
            ("unevaluatedProperties", "additionalProperties"),
            ("unevaluatedItems", "additionalItems"),
        ):
            if word not in node.entries or same in node.entries:
                continue
            value = node.entries[word][1]
            everything = isinstance(value, Scalar) and value.value is True
            if everything or (word == "unevaluatedItems" and _takes_all_items(node)):
                continue
            if _COMPOSED & node.entries.keys() or "contains" in node.entries:
                self._lose(node, word)
            elif word == "unevaluatedItems" and "prefixItems" not in node.entries:
                out["items"] = self._schema(here.child(value, word))
            else:
                out[same] = self._below(here, "additionalProperties", value)


def _takes_all_items(node: Mapping) -> bool:
    return "items" in node.entries


_NOTED = frozenset({"title", "description", "default"})
_SILENT = NOTES | {"minContains", "maxContains", "then", "else", "discriminator", "x-python"}
"""Words that are read with another one, or say nothing that isn't said besides."""

_Method = Callable[[_Translation, Subschema, Mapping, Json, list[JsonValue]], None]

_OTHERS: dict[str, _Method] = {
    "$ref": _Translation.reference,
    "$dynamicRef": _Translation.reference,
    "const": _Translation.const,
    "required": _Translation.required,
    "exclusiveMinimum": _Translation.bound,
    "exclusiveMaximum": _Translation.bound,
    "prefixItems": _Translation.prefix,
    "contains": _Translation.contains,
    "if": _Translation.condition,
    "dependentRequired": _Translation.needs,
    "dependentSchemas": _Translation.needs,
    "propertyNames": _Translation.property_names,
    "unevaluatedProperties": _Translation.unevaluated,
    "unevaluatedItems": _Translation.unevaluated,
}


def _loader(schema: WrittenSchema) -> Callable[[str], Outcome[Node]]:
    def load(path: str) -> Outcome[Node]:
        return Outcome(schema.files.get(path))

    return load


def _plain(value: JsonValue) -> JsonValue:
    """Return a value in which 2.0 is 2: draft 4 takes no other whole numbers for counts."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(node: Node | None) -> int | float | None:
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
