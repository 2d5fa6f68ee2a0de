"""The words of JSON Schema: which type they belong to, which are notes, which are only checked."""

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
    "$schema", "$id", "$anchor", "$dynamicAnchor", "$comment", "$defs", "definitions",
    "$vocabulary", "title", "description", "default", "deprecated", "examples", "example",
    "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema",
    "externalDocs", "xml",
})  # fmt: skip
"""What changes nothing in what is valid, or only where references lead."""

REFERENCES = frozenset({"$ref", "$dynamicRef"})

COMBINING = frozenset({*REFERENCES, "allOf", "anyOf", "oneOf", "discriminator"})

UNEVALUATED = frozenset({"unevaluatedProperties", "unevaluatedItems"})
"""What looks at what all other keywords looked at."""

VALIDATED = frozenset({
    "not", "if", "then", "else", "dependentSchemas", "dependentRequired", "patternProperties",
    "propertyNames", "prefixItems", "contains", "minContains", "maxContains",
})  # fmt: skip
"""What has no Python type and is checked on the JSON value."""

SUPPORTED = frozenset({
    *NOTES, *COMBINING, *VALIDATED, *UNEVALUATED, *TYPE_OF, "type", "enum", "const", "x-python",
})  # fmt: skip

UNSUPPORTED = {
    "dependencies": "write `dependentRequired` or `dependentSchemas`",
    "additionalItems": "write `prefixItems` for the list, and `items` for what comes after",
    "$recursiveRef": "write a `$ref`",
    "$recursiveAnchor": "write an `$anchor`",
    "id": "write `$id`",
    "nullable": 'write `type: [string, "null"]`, or `anyOf` with `{type: "null"}`',
    "divisibleBy": "write `multipleOf`",
    "extends": "write `allOf`",
    "disallow": "write `not`",
}
"""Words of other drafts, of OpenAPI and of metaschemas, with what to write instead."""

DEEPEST = 60
"""Levels of schemas in schemas."""

CHECKED_FORMATS = ("uuid", "date-time", "date")
"""Formats that are types of their own in Python."""

TYPES = ("string", "number", "integer", "boolean", "null", "object", "array")

FORMATS = frozenset({
    "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname",
    "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template",
    "json-pointer", "relative-json-pointer", "regex",
    # OpenAPI's registry
    "int32", "int64", "float", "double", "byte", "binary", "password", "decimal",
})  # fmt: skip
