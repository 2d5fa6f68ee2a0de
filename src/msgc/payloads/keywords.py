"""The words of JSON Schema: which type they belong to, which are notes, which aren't supported."""

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

NOTES = frozenset({
    "$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "$vocabulary", "title",
    "description", "default", "deprecated", "examples", "example", "readOnly", "writeOnly",
    "contentEncoding", "contentMediaType", "contentSchema", "externalDocs", "xml",
})  # fmt: skip
"""What changes nothing in what is valid."""

COMBINING = frozenset({"$ref", "allOf", "anyOf", "oneOf", "discriminator"})

SUPPORTED = frozenset({
    *NOTES, *COMBINING, "type", "enum", "const", "x-python",
    *TYPE_OF,
})  # fmt: skip

_UNION = (
    "write a tagged union: `oneOf` objects, each with a `const` of its own in a shared property"
)
_OPEN = "give `additionalProperties` a schema, which all other properties must fit"
_TUPLE = "write an object with a name for each position"
_HANDLER = "leave it out and check it in the handler"

UNSUPPORTED = {
    "if": _UNION,
    "then": _UNION,
    "else": _UNION,
    "dependentSchemas": _UNION,
    "dependentRequired": _UNION,
    "dependencies": _UNION,
    "not": "say what is allowed: `enum`, `pattern`, bounds",
    "patternProperties": _OPEN,
    "propertyNames": _OPEN,
    "prefixItems": _TUPLE,
    "additionalItems": _TUPLE,
    "contains": _HANDLER,
    "minContains": _HANDLER,
    "maxContains": _HANDLER,
    "unevaluatedProperties": "write `additionalProperties: false` on the object itself",
    "unevaluatedItems": _TUPLE,
    "$dynamicRef": "write a `$ref`",
    "$dynamicAnchor": "write an `$anchor`",
    "$recursiveRef": "write a `$ref`",
    "$recursiveAnchor": "write an `$anchor`",
    "id": "write `$id`",
    "nullable": 'write `type: [string, "null"]`, or `anyOf` with `{type: "null"}`',
    "divisibleBy": "write `multipleOf`",
    "extends": "write `allOf`",
    "disallow": "say what is allowed",
}

TYPES = ("string", "number", "integer", "boolean", "null", "object", "array")

FORMATS = frozenset({
    "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname",
    "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template",
    "json-pointer", "relative-json-pointer", "regex",
    # OpenAPI's registry
    "int32", "int64", "float", "double", "byte", "binary", "password", "decimal",
})  # fmt: skip
