"""Schemas and payloads for the reference page: for every word one, and a value that doesn't fit."""

from __future__ import annotations

from typing import Any

CARD = "{type: object, required: [kind], properties: {kind: {const: card}, number: {type: string}}}"
CASH = "{type: object, required: [kind], properties: {kind: {const: cash}}}"
KEYWORDS: dict[str, tuple[str, Any]] = {
    "type": ('{type: [string, "null"]}', 1),
    "enum": ("{enum: [gold, silver]}", "tin"),
    "const": ("{const: card}", "cash"),
    "format": ("{type: string, format: uuid}", "x"),
    "x-python": ("{type: number, x-python: decimal}", "1.5"),
    "properties": ("{type: object, properties: {x: {type: string}}}", {"x": 1}),
    "required": ("{type: object, required: [x], properties: {x: {}}}", {}),
    "additionalProperties": ("{type: object, additionalProperties: {type: number}}", {"x": "y"}),
    "items": ("{type: array, items: {type: string}}", [1]),
    "$ref": ("{$ref: '#/$defs/Money'}", {}),
    "$dynamicRef": ("{$dynamicRef: '#/$defs/Money'}", {}),
    "allOf": ("{allOf: [{$ref: '#/$defs/Money'}, {properties: {tax: {type: number}}}]}", {}),
    "anyOf": ("{anyOf: [{type: string}, {type: integer}]}", None),
    "oneOf": (f"{{oneOf: [{CARD}, {CASH}]}}", {"kind": "coins"}),
    "discriminator": (
        f"{{discriminator: {{propertyName: kind}}, oneOf: [{CARD}, {CASH}]}}",
        {"kind": "coins"},
    ),
    "minLength": ("{type: string, minLength: 1}", ""),
    "maxLength": ("{type: string, maxLength: 3}", "four"),
    "pattern": ("{type: string, pattern: '^[A-Z]+$'}", "a"),
    "minimum": ("{type: number, minimum: 1}", 0),
    "maximum": ("{type: number, maximum: 9}", 10),
    "exclusiveMinimum": ("{type: number, exclusiveMinimum: 0}", 0),
    "exclusiveMaximum": ("{type: number, exclusiveMaximum: 10}", 10),
    "multipleOf": ("{type: number, multipleOf: 0.01}", 1.005),
    "minItems": ("{type: array, minItems: 1}", []),
    "maxItems": ("{type: array, maxItems: 1}", [1, 2]),
    "uniqueItems": ("{type: array, uniqueItems: true}", [1, 1.0]),
    "prefixItems": ("{type: array, prefixItems: [{type: string}]}", [1]),
    "contains": ("{type: array, contains: {type: string}}", [1]),
    "minContains": ("{type: array, contains: {type: string}, minContains: 2}", ["x"]),
    "maxContains": ("{type: array, contains: {type: string}, maxContains: 1}", ["x", "y"]),
    "minProperties": ("{type: object, minProperties: 1}", {}),
    "maxProperties": ("{type: object, maxProperties: 1}", {"x": 1, "y": 2}),
    "patternProperties": ("{type: object, patternProperties: {'^x-': {type: string}}}", {"x-y": 1}),
    "propertyNames": ("{type: object, propertyNames: {maxLength: 3}}", {"four": 1}),
    "dependentRequired": ("{type: object, dependentRequired: {card: [name]}}", {"card": 1}),
    "dependentSchemas": (
        "{type: object, dependentSchemas: {card: {required: [name]}}}",
        {"card": 1},
    ),
    "not": ("{type: string, not: {const: x}}", "x"),
    "if": ("{type: number, if: {minimum: 9}, then: {multipleOf: 9}}", 10),
    "then": ("{type: number, if: {minimum: 9}, then: {multipleOf: 9}}", 10),
    "else": ("{type: number, if: {minimum: 9}, else: {multipleOf: 2}}", 3),
    "unevaluatedProperties": (
        "{type: object, anyOf: [{properties: {x: {}}}], unevaluatedProperties: false}",
        {"y": 1},
    ),
    "unevaluatedItems": (
        "{type: array, prefixItems: [{}], unevaluatedItems: {type: string}}",
        [1, 2],
    ),
}
NUMERIC = {"int32": "integer", "int64": "integer", "float": "number", "double": "number"}
TRANSLATED = [
    r"^a$", r"\d", r"\w", r"\s", ".", r"[\s\S]", "[^]", "[]", r"[\w-.]", r"[^\W_]", r"\bx", r"\Bx",
    r"(?<year>\d{4})", r"(?<q>['\"]).*\k<q>", r"(a)?\1", r"\u{1f600}", r"\ud83d\ude00", r"\cJ",
    r"\p{L}", r"[^\p{Lu}_]", "(?<=^|,)x", "a{,2}", "(?i)a", "(?P<x>a)", r"\A[a-z]\Z",
]  # fmt: skip
REFUSED = [
    "a(?i)b", "a++", "(?>a)", r"\h", "[[:alpha:]]", r"\07",
    r"\p{Script=Greek}", "(?<=a*)b", r"(?:(a)|b)*\1",
]  # fmt: skip
LINEAR = [
    r"^\d{4}-\d\d$",
    r"^[A-Z]{2,4}(-\d+)*$",
    r"^(\w+ ?)*$",
    r"^[^@ ]+@[^@ ]+\.[^@ ]+$",
    "[a-z]+@",
    "^[a-z]{0,30}-?[a-z]{0,30}$",
]
SLOW = [r"(\w+) \1", r"^([a-z]*)(.*,)*\1$", "^([a-z]{0,99}-?){0,9999}$"]
NAMES = ["orderId", "order-id", "e-mail", "class", "2fa", "_links", "HTTPStatus", "größe"]
UNTAGGED = "{anyOf: [{$ref: '#/$defs/Money'}, {$ref: '#/$defs/Tree'}]}"
UNIONS = [
    "{anyOf: [{type: string}, {type: 'null'}]}",
    "{type: [string, integer, boolean]}",
    f"{{oneOf: [{CARD}, {CASH}]}}",
    "{oneOf: [{$ref: '#/$defs/Money'}, {type: string}]}",
    UNTAGGED,
    "{enum: [gold, 1, null]}",
]
OPTIONAL = [
    "{type: string}",
    '{type: [string, "null"]}',
    '{type: [string, "null"], default: null}',
    "{enum: [gold, silver], default: silver}",
    "{}",
]
ANSWER = (
    "{type: object, required: [id], properties: {id: {type: string}}, oneOf: ["
    "{required: [error], properties: {error: {type: string}}},"
    " {required: [result], properties: {result: {type: integer}}, additionalProperties: false}]}"
)
TWO_TARGETS = (
    "{type: object, properties: {a: {$dynamicRef: '#x'}},"
    " $defs: {X: {$dynamicAnchor: x}, Y: {$id: y, $dynamicAnchor: x, type: string}}}"
)
WHOLE = (
    "{type: object, required: [orderId, placed], properties: {"
    "orderId: {type: string, description: Given by the shop.},"
    " placed: {type: string, format: date-time},"
    " total: {$ref: '#/$defs/Money'},"
    " tags: {type: array, items: {type: string}, default: []},"
    " tier: {enum: [gold, silver], default: silver},"
    " items: {type: array, items: {type: object, properties: {sku: {type: string}}}}},"
    " $defs: {Money: {type: object, required: [amount], properties: {amount: {type: number}}}}}"
)
ERRORS: list[Any] = [
    {"orderId": 1, "placed": "yesterday"},
    {"orderId": "o-1", "placed": "2026-11-25T10:00:00Z", "total": {}, "items": [{}, {"sku": 1}]},
]
TREE = (
    "{type: object, properties: {root: {$ref: '#/$defs/Tree'}}, $defs: {Tree: {type: object,"
    " properties: {children: {type: array, items: {$ref: '#/$defs/Tree'}}}}}}"
)
KEPT = "{type: object, properties: {id: {type: string}}, additionalProperties: {type: integer}}"
CLOSED = "{type: object, properties: {id: {type: string}}, additionalProperties: false}"
DIALECTS = (
    ("draft 4", "{type: integer, minimum: 0, exclusiveMinimum: true}"),
    ("draft 4", "{id: 'https://example.com/sku', type: string}"),
    ("draft 6", "{type: object, dependencies: {card: [name], gift: {required: [to]}}}"),
    ("draft 7", "{type: array, items: [{type: string}], additionalItems: false}"),
    ("draft 7", "{$id: '#sku', type: string}"),
    ("draft 7", "{$ref: '#/definitions/Sku', minLength: 3}"),
    ("draft 2019-09", "{$recursiveAnchor: true, properties: {a: {$recursiveRef: '#'}}}"),
    ("OpenAPI 3.0", "{type: string, nullable: true}"),
    ("OpenAPI 3.0", "{allOf: [{$ref: '#/components/schemas/Sku'}], nullable: true}"),
)
"""Schemas in words of older drafts and of OpenAPI."""
