"""The vocabulary of JSON Schema: keywords by type, annotations, and what is only validated."""

from __future__ import annotations

_WORDS = {
    "string": ("minLength", "maxLength", "pattern", "format"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("items", "minItems", "maxItems", "uniqueItems"),
    "object": (
        "properties", "required", "additionalProperties", "minProperties", "maxProperties",
    ),
}  # fmt: skip

TYPE_OF = {word: kind for kind, words in _WORDS.items() for word in words}
"""Keywords that are about one type, and so say what it is where `type` is missing."""

NOTED = {
    "$schema": "the draft; one that isn't JSON Schema's own is refused",
    "$id": "the base that references in it start from",
    "$anchor": "a name that a `$ref` can lead to",
    "$dynamicAnchor": "a name that a `$ref` or `$dynamicRef` can lead to",
    "$comment": "nothing",
    "$defs": "schemas to refer to; they name classes",
    "definitions": "as `$defs`, from older drafts",
    "$vocabulary": "nothing: it is for metaschemas",
    "title": "names the class, if it is a name",
    "description": "the docstring of the class or field",
    "default": "the default of the field",
    "deprecated": "is said in the docstring",
    "examples": "nothing; a message's `examples` in messaging.yaml are checked",
    "example": "nothing; OpenAPI's",
    "readOnly": "nothing",
    "writeOnly": "nothing",
    "contentEncoding": "nothing: the text stays as it is",
    "contentMediaType": "nothing: the text stays as it is",
    "contentSchema": "nothing: the text stays as it is",
    "externalDocs": "nothing; OpenAPI's",
    "xml": "nothing; OpenAPI's",
    "x-sensitive": "hides the value where a message is shown: in `repr`, logs and errors",
}
"""Annotations, and what names schemas: they change nothing in what is valid. And what they do."""

NOTES = frozenset(NOTED)

REFERENCES = frozenset({"$ref", "$dynamicRef"})

COMBINING = frozenset({*REFERENCES, "allOf", "anyOf", "oneOf", "discriminator"})

UNEVALUATED = frozenset({"unevaluatedProperties", "unevaluatedItems"})
"""Keywords that depend on which values all other keywords have evaluated."""

VALIDATED = frozenset({
    "not", "if", "then", "else", "dependentSchemas", "dependentRequired", "patternProperties",
    "propertyNames", "prefixItems", "contains", "minContains", "maxContains",
})  # fmt: skip
"""Keywords that no Python type expresses: they become constraints on the JSON value."""

SUPPORTED = frozenset({
    *NOTES, *COMBINING, *VALIDATED, *UNEVALUATED, *TYPE_OF, "type", "enum", "const", "x-python",
})  # fmt: skip

TYPED = frozenset({
    *COMBINING, "type", "enum", "const", "format", "x-python", "properties", "required",
    "additionalProperties", "items",
})  # fmt: skip
"""What the Python type shows; all else that isn't a note is only checked."""

UNSUPPORTED = {
    "divisibleBy": "write `multipleOf`",
    "extends": "write `allOf`",
    "disallow": "write `not`",
}
"""Keywords of draft 3, with what to write instead."""

FORMS: dict[str, str] = {
    **dict.fromkeys(
        ("properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs",
         "definitions", "items", "propertyNames", "contains", "not", "if", "then", "else",
         "additionalProperties", "unevaluatedProperties", "unevaluatedItems"),
        "names",
    ),
    **dict.fromkeys(
        ("required", "enum", "type", "allOf", "anyOf", "oneOf", "prefixItems"), "list",
    ),
    **dict.fromkeys(
        ("minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
         "multipleOf", "minItems", "maxItems", "minProperties", "maxProperties", "minContains",
         "maxContains"),
        "number",
    ),
    "uniqueItems": "flag", "pattern": "text", "format": "text", "$ref": "text",
}  # fmt: skip
"""Keywords that a slip of the keyboard would switch off, and the form of their value."""

DEEPEST = 60
"""Levels of schemas in schemas that are compiled one within the other."""
MOST_ROUNDS = 3
"""How often what lies deeper is compiled first: Python can't nest classes without end, either."""
MOST_SCHEMAS = 300_000
"""Schemas that the messages of a file are made of, those that several refer to counted for each."""
MOST_PARTS = 1000
"""Schemas in one `allOf`."""
MOST_TYPED_PARTS = 200
"""Of them, those with a schema in `additionalProperties`: it holds for what all others declare."""

CHECKED_FORMATS = ("uuid", "date-time", "date")
"""Formats that are types of their own in Python, and checked; the others are notes.

A check that is stricter than the sender's loses messages, and of addresses and names there are as
many opinions as checks: who wants one writes a `pattern`.
"""

TYPES = ("string", "number", "integer", "boolean", "null", "object", "array")

ALONE = {
    kind: frozenset({
        "type", "title", "description", *_WORDS.get("number" if kind == "integer" else kind, ()),
    })
    for kind in TYPES
}  # fmt: skip
"""Keywords by which a schema of a type needs neither composition nor constraints."""

FORMATS = {
    "date-time": "RFC 3339",
    "date": "RFC 3339",
    "time": "RFC 3339",
    "duration": "RFC 3339, from ISO 8601",
    "email": "RFC 5321",
    "idn-email": "RFC 6531",
    "hostname": "RFC 1123",
    "idn-hostname": "RFC 5890",
    "ipv4": "RFC 2673",
    "ipv6": "RFC 4291",
    "uri": "RFC 3986",
    "uri-reference": "RFC 3986",
    "iri": "RFC 3987",
    "iri-reference": "RFC 3987",
    "uuid": "RFC 4122",
    "uri-template": "RFC 6570",
    "json-pointer": "RFC 6901",
    "relative-json-pointer": "Relative JSON Pointers",
    "regex": "ECMA-262",
    "int32": "OpenAPI",
    "int64": "OpenAPI",
    "float": "OpenAPI",
    "double": "OpenAPI",
    "byte": "OpenAPI",
    "binary": "OpenAPI",
    "password": "OpenAPI",
    "decimal": "OpenAPI",
}
"""Formats that somebody defines, and who."""
