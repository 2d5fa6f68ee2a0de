"""What is wrong with a schema is said at its place, all at once."""

# ruff: noqa: E501  # a case is easier to read on one line

from __future__ import annotations

import pytest

from msgc import payloads
from msgc.diagnostics import Code
from msgc.payloads.codes import CODES
from tests.payloads.schemas import outcome_of, shown

CASES: dict[str, tuple[str, list[str]]] = {
    "a word of draft 3, and one that depends on who refers": (
        ("type: object\nproperties:\n  a: {type: integer, divisibleBy: 3}\n"
        "  c: {$dynamicRef: '#x'}\n"
        "$defs: {X: {$dynamicAnchor: x}, Y: {$id: y, $dynamicAnchor: x, type: string}}\n"),
        [
            "3:22 MSG340 `divisibleBy` isn't supported (at `/properties/a`) (write `multipleOf`)",
            "4:7 MSG741 which schema `$dynamicRef: #x` means depends on who refers here",
        ],
    ),
    "a dialect of somebody's own": (
        "{$schema: 'https://example.com/schema', type: object, properties: {a: {}}}",
        ["1:11 MSG368 `https://example.com/schema` is no dialect that msgc knows: the schema is read as"],
    ),
    "values of keywords in what stays a schema": (
        ("type: object\nnot: {type: strin, minLength: x}\nif: 3\nanyOf: []\n"
        "patternProperties: {'(': {}}\ndependentRequired: {a: b}\n"),
        [
            "2:13 MSG342 `strin` is no JSON type (did you mean `string`?)",
            "2:31 MSG342 `minLength` takes a whole number from 0",
            "3:1 MSG359 `if` says nothing without `then` or `else` (at `/`)",
            "3:5 MSG342 a schema is an object (at `/if`)",
            "4:8 MSG342 `anyOf` takes a list with at least one value",
            "5:21 MSG348 this pattern can't be checked: a `(` isn't closed",
            "6:24 MSG342 `a` takes a list",
        ],
    ),
    "a misspelled keyword": (
        "type: object\nproperties:\n  sku: {type: string, minLenght: 1}\n",
        [
            ("3:23 MSG367 `minLenght` is no keyword of JSON Schema, so nothing is checked"
            " (at `/properties/sku`) (did you mean `minLength`?")
        ],
    ),
    "words of somebody's own": (
        ("type: object\nproperties:\n  sku: {type: string, javaType: Sku}\n"
        "  a: {javaType: A, items_: 3, minLength_: {}}\n"),
        ["3:23 MSG341 `javaType`, `items_` and `minLength_` are no keywords of JSON Schema and change"],
    ),
    "words that say nothing in their draft": (
        ("{$schema: 'http://json-schema.org/draft-04/schema#', type: object, properties: {\n"
        "a: {const: 1, $id: x},\nb: {$ref: '#/properties/c', type: string, minLength: 3},\n"
        "c: {minimum: 3, exclusiveMaximum: true}, d: {const: 2}}}"),
        [
            "2:5 MSG359 `const` says nothing in draft 4 (at `/properties/a`, and at 1 other place)",
            "2:15 MSG359 `$id` says nothing in draft 4",
            "3:29 MSG359 `type` says nothing beside a `$ref` in draft 4",
            "3:43 MSG359 `minLength` says nothing beside a `$ref` in draft 4",
            "4:5 MSG354",
            "4:17 MSG359 `exclusiveMaximum` says nothing without `maximum`",
        ],
    ),
    "values of keywords": (
        ("type: object\nrequired: order_id\nproperties:\n  order_id: {type: strin}\n"
        "  a: {type: string, minLength: -1, maxLength: long}\n  b: {type: integer, minimum: '1'}\n"
        "  c: {type: array, uniqueItems: 1, items: 3}\n  d: {type: number, exclusiveMinimum: true}\n"
        "  e: {enum: []}\n  f: {type: number, multipleOf: 0}\n  g: {type: string, x-python: decimel}\n"),
        [
            "2:11 MSG342 `required` takes a list",
            "4:20 MSG342 `strin` is no JSON type (did you mean `string`?)",
            "5:32 MSG342 `minLength` takes a whole number from 0",
            "5:47 MSG342 `maxLength` takes a whole number from 0",
            "6:31 MSG342 `minimum` takes a number",
            "7:33 MSG342 `uniqueItems` takes `true` or `false`",
            "7:43 MSG342 a schema is an object (at `/properties/c/items`)",
            "8:21 MSG359 `exclusiveMinimum` says nothing without `minimum`",
            "9:13 MSG342 `enum` takes a list with at least one value",
            "10:33 MSG342 `multipleOf` takes a number above 0",
            "11:31 MSG342 `x-python` takes `decimal` or `open-enum` (did you mean `decimal`?)",
        ],
    ),
    "a missing file": (
        "{properties: {a: {$ref: comon.json}, b: {$ref: comon.json}}}",
        [
            "1:25 MSG343 there is no file `api/comon.json` that can be read",
            "1:48 MSG343 there is no file `api/comon.json` that can be read",
        ],
    ),
    "a missing file with another extension": (
        "{properties: {a: {$ref: common.yaml}}}",
        ["1:25 MSG343 there is no file `api/common.yaml` that can be read (did you mean `api/common.json`?)"],
    ),
    "a broken file": (
        "{properties: {a: {$ref: broken.json}}}",
        ["api/broken.json:1:1 MSG117"],
    ),
    "a pointer to nothing": (
        "{properties: {a: {$ref: '#/$defs/Mony'}}, $defs: {Money: {type: string}}}",
        [
            ("1:25 MSG344 `#/$defs/Mony` leads nowhere: this schema has no `/$defs/Mony`"
            " (did you mean `#/$defs/Money`?)")
        ],
    ),
    "a pointer to nothing in another file": (
        "{properties: {a: {$ref: 'common.json#/$defs/Mony'}}}",
        ["1:25 MSG344 `#/$defs/Mony` leads nowhere: `api/common.json` has no `/$defs/Mony`"],
    ),
    "an option that leads nowhere": (
        "{properties: {a: {oneOf: [{$ref: '#/x'}, {$ref: gone.json}]}}}",
        [
            "1:34 MSG344 `#/x` leads nowhere",
            "1:49 MSG343 there is no file `api/gone.json` that can be read",
        ],
    ),
    "an anchor that isn't there": (
        "{properties: {a: {$ref: '#mony'}}, $defs: {Money: {$anchor: money, type: string}}}",
        ["1:25 MSG344 this schema has no `$anchor` named `mony` (did you mean `#money`?)"],
    ),
    "an address": (
        "{properties: {a: {$ref: 'https://example.com/money.json#/x'}}}",
        ["1:25 MSG345 `$ref` is an address, `https://example.com/money.json`"],
    ),
    "a reference to itself": (
        "{properties: {a: {$ref: '#/$defs/A'}}, $defs: {A: {$ref: '#/$defs/A'}}}",
        ["1:51 MSG346 `/$defs/A` leads back to itself"],
    ),
    "a part of itself": (
        ("{properties: {a: {$ref: '#/$defs/A'}},\n"
        " $defs: {A: {allOf: [{$ref: '#/$defs/A'}, {type: object}]}}}"),
        ["2:22 MSG346 `/$defs/A/allOf/0` is a part of itself"],
    ),
    "a list for a message": (
        "{type: array}", ["1:1 MSG347 `OrderPlaced` isn't one JSON object"],
    ),
    "a union for a message": (
        "{anyOf: [{type: object}, {type: string}]}",
        ["1:1 MSG347 `OrderPlaced` isn't one JSON object"],
    ),
    "a union of objects for a message": (
        ("{type: object, oneOf: [{type: object, required: [k], properties: {k: {const: a}}},\n"
        "  {type: object, required: [k], properties: {k: {const: b}}}]}"),
        [],
    ),
    "a union of objects for a message that nothing tells apart": (
        ("{type: object, oneOf: [{type: object, properties: {k: {const: a}}},\n"
        "  {type: object, properties: {k: {const: b}}}]}"),
        [
            ("1:16 MSG349 nothing tells the options of `oneOf` apart: they are one class with all fields"
            " (give each option a required property with a `const` of its own, as `kind`)"),
        ],
    ),
    "anything for a message": ("{}", ["1:1 MSG347 `OrderPlaced` isn't one JSON object"]),
    "a pattern with Unicode classes": (
        "{properties: {a: {type: string, pattern: '^\\p{Script=Greek}+$'}}}",
        ["1:42 MSG348 this pattern can't be checked: `\\p{Script=Greek}`: of Unicode's properties"],
    ),
    "a broken pattern": (
        "{properties: {a: {type: string, pattern: '('}}}",
        ["1:42 MSG348 this pattern can't be checked: a `(` isn't closed"],
    ),
    "a pattern that runs away": (
        ("{properties: {a: {type: string, maxLength: 40, pattern: '^(.)(a|\\w)*\\1$'},"
        " b: {type: object, patternProperties: {'^(a?)(.*,)*\\1$': {}}}}}"),
        [
            ("1:57 MSG356 `(a|\\w)*` can read one text in many ways, and beside the reference `\\1`"
            " they can only be tried one after the other (write what the group takes instead of the"
            " reference, or, beside `pattern`, a `maxLength` of at most 1"),
            "1:114 MSG356 `.*` can read one text in many ways, and beside the reference `\\1`",
        ],
    ),
    "a pattern that would run away, but is run in linear time": (
        ("{properties: {a: {type: string, pattern: '^(a+)+$'}, b: {type: string, pattern: '=$'},"
        " c: {type: object, patternProperties: {'^(.*,){20}$': {}}, propertyNames: {pattern: 'a+b'}}}}"),
        [],
    ),
    "a pattern that is too large": (
        "{properties: {a: {type: string, pattern: '^([a-z]{0,99}-?){0,9999}$'}}}",
        [("1:42 MSG370 this pattern is too large: `^([a-z]{0,99}-?){0,9999}$`"
        " (write smaller counts (`maxLength` bounds a text), and an `enum` for a list of words)")],
    ),
    "a union of objects without a tag": (
        ("properties:\n  a:\n    oneOf:\n    - {type: object, properties: {x: {}}}\n"
        "    - {type: object, properties: {y: {}}}\n"),
        ["3:5 MSG349 a reader can't choose: nothing tells the options apart"],
    ),
    "a tag that isn't required": (
        ("{properties: {a: {oneOf: [{type: object, properties: {k: {const: 1}}},"
        " {type: object, properties: {k: {const: 2}}}]}}}"),
        ["1:19 MSG349 a reader can't choose: nothing tells the options apart"],
    ),
    "a tag with one constant twice": (
        ("{properties: {a: {oneOf: [{type: object, required: [k], properties: {k: {const: 1}}},"
        " {type: object, required: [k], properties: {k: {enum: [1, 2]}}}]}}}"),
        ["1:19 MSG349 a reader can't choose: nothing tells the options apart"],
    ),
    "a discriminator that doesn't discriminate": (
        ("{properties: {a: {discriminator: {propertyName: kind}, oneOf: ["
        "{type: object, required: [k], properties: {k: {const: 1}}},"
        " {type: object, required: [k], properties: {k: {const: 2}}}]}}}"),
        ["1:49 MSG359 `kind` isn't a required property with a `const`"],
    ),
    "bounds that exclude each other": (
        ("{properties: {a: {type: string, minLength: 5, maxLength: 4}, b: {type: number, minimum: 2,"
        " maximum: 1}, c: {type: array, minItems: 2, maxItems: 1}, d: {type: object, minProperties: 2,"
        " maxProperties: 1}}}"),
        [
            ("1:58 MSG350 nothing fits this schema: at least 5 characters, and at most 4"
            " (at `/properties/a`)"),
            "1:101 MSG350 nothing fits this schema: a number, at least 2 and at most 1",
            "1:145 MSG350 nothing fits this schema: at least 2 items, and at most 1",
            "1:200 MSG350 nothing fits this schema: at least 2 properties, and at most 1",
        ],
    ),
    "bounds that exclude each other in parts": (
        ("properties:\n  a: {allOf: [{type: integer, minimum: 5}, {type: integer, maximum: 3}]}\n"
        "  b: {type: integer, exclusiveMinimum: 5, exclusiveMaximum: 6}\n"
        "  c: {type: number, exclusiveMinimum: 5, maximum: 5}\n"
        "  d: {type: [string, 'null'], minLength: 2, maxLength: 1}\n"
        "  e: {type: object, required: [x, y], properties: {x: {}, y: {}}, maxProperties: 1}\n"
        "  f: {type: object, properties: {x: {}}, additionalProperties: false, minProperties: 2}\n"
        "  g: {type: object, properties: {x: false, z: {}}, required: [x]}\n"),
        [
            "2:6 MSG350 nothing fits this schema: an integer, at least 5 and at most 3 (at `/properties/a`)",
            "3:61 MSG350 nothing fits this schema: an integer, more than 5 and less than 6",
            "4:51 MSG350 nothing fits this schema: a number, more than 5 and at most 5",
            "5:56 MSG350 nothing fits this schema: at least 2 characters, and at most 1",
            "6:82 MSG350 nothing fits this schema: 2 required properties, and at most 1",
            "7:86 MSG350 nothing fits this schema: at least 2 properties, and 1 that may be there",
            "8:63 MSG350 `x` is required, and its schema is `false`: it must not be there",
        ],
    ),
    "choices that nothing is left of": (
        ("properties:\n  a: {enum: [x, y], not: {enum: [y, x]}}\n  b: {type: string, const: x, allOf: [{pattern: y}]}\n"
        "  c: {type: string, anyOf: [{type: number}, {type: 'null'}]}\n  d: {enum: [x, y], not: {const: x}}\n"),
        [
            "2:13 MSG350 nothing fits this schema: no value of `enum` does (at `/properties/a`)",
            "3:6 MSG350 the parts of this schema don't go together: no value is left (at `/properties/b`)",
            "4:21 MSG350 no option of `anyOf` is of the type string (at `/properties/c`)",
        ],
    ),
    "what forbids everything": (
        ("properties:\n  a: {not: {}}\n  b: {anyOf: [false, {allOf: [true, false]}]}\n  c: {type: array, contains: false}\n"
        "  d: {type: array, contains: {}, minContains: 3, maxContains: 2}\n  e: {type: array, contains: false, minContains: 0}\n"
        "  f: {oneOf: [{maxLength: 2, type: string}, {type: string, maxLength: 2}]}\n"
        "  g: {oneOf: [{const: 1}, {const: true}]}\n"),
        [
            ("2:12 MSG358 nothing fits this schema, by its `not` (at `/properties/a`)"
            " (write `false` for a property that must not be there)"),
            "3:14 MSG358 nothing fits this schema, by its `anyOf`",
            "3:22 MSG358 nothing fits this schema (at `/properties/b/anyOf/1`)",
            "4:30 MSG358 nothing fits this schema, by its `contains`",
            "5:63 MSG358 nothing fits this schema, by its `maxContains`",
            "7:14 MSG358 nothing fits this schema, by its `oneOf`",
        ],
    ),
    "keywords that need another": (
        ("properties:\n  a: {type: string, then: {minLength: 2}}\n  b: {type: string, if: {minLength: 2}}\n"
        "  c: {type: array, minContains: 2}\n  d: {type: object, discriminator: {propertyName: x}}\n"
        "  e: {type: string, if: {minLength: 2}, then: {maxLength: 3}}\n"),
        [
            "2:21 MSG359 `then` says nothing without `if` (at `/properties/a`)",
            "3:21 MSG359 `if` says nothing without `then` or `else`",
            "4:20 MSG359 `minContains` says nothing without `contains`",
            "5:21 MSG359 `discriminator` says nothing without `oneOf` or `anyOf`",
        ],
    ),
    "an object without end": (
        ("properties:\n  a: {$ref: '#/$defs/Node'}\n$defs:\n  Node: {type: object, required: [next], properties: {next: {$ref: '#/$defs/Node'}}}\n"),
        [
            ("4:55 MSG346 `Node` has no end: each needs another one in `next`"
            " (leave `next` out of `required`, or let it be null or an empty list)"),
        ],
    ),
    "a recursion with an end": (
        ("properties:\n  a: {$ref: '#/$defs/Node'}\n$defs:\n  Node: {type: object, required: [next, some], properties:\n"
        "    {next: {anyOf: [{$ref: '#/$defs/Node'}, {type: 'null'}]}, some: {type: array, items: {$ref: '#/$defs/Node'}, default: []}}}\n"),
        [],
    ),
    "numbers that none can hold": (
        '{"properties": {"a": {"type": "string", "minLength": 1e400}, "b": {"multipleOf": 1e999, "type": "number"}}}',
        ["1:54 MSG342 `minLength` takes a whole number from 0", "1:82 MSG342 `multipleOf` takes a number above 0"],
    ),
    "no type at all": (
        "{properties: {a: {type: []}}}",
        ["1:25 MSG342 `type` takes a list with at least one value"],
    ),
    "a value against its type": (
        "{properties: {a: {type: string, enum: [gold, 3]}, b: {type: integer, const: x}}}",
        [
            "1:46 MSG358 this value can never be: expected a string, got a number",
            "1:77 MSG350 this value can never be: expected an integer, got a string",
        ],
    ),
    "a bound of another type": (
        "{properties: {a: {type: string, minimum: 1}}}",
        ["1:33 MSG359 `minimum` says nothing about a string (at `/properties/a`)"],
    ),
    "a closed part of an allOf": (
        ("allOf:\n- {type: object, additionalProperties: false, properties: {a: {}}}\n"
        "- {type: object, properties: {b: {}}}\n"),
        ["2:40 MSG358 this forbids `b`, which another part of the `allOf` declares"],
    ),
    "two types for one property": (
        ("allOf:\n- {type: object, properties: {a: {type: string}}}\n"
        "- {type: object, properties: {a: {type: number}}}\n"),
        ["3:31 MSG350 the declarations of `a` in the parts of the `allOf` don't go together"],
    ),
    "an allOf of an object and a number": (
        "{properties: {a: {allOf: [{type: object, properties: {x: {}}}, {type: number}]}}}",
        ["1:18 MSG350 the parts of this schema don't go together"],
    ),
    "required by a closed object": (
        "{type: object, required: [b], properties: {a: {}}, additionalProperties: false}",
        ["1:27 MSG350 `b` is required, but this closed object doesn't have it"],
    ),
    "a misspelled required property": (
        "{type: object, required: [ordr_id], properties: {order_id: {type: string}}}",
        [
            ("1:27 MSG351 `ordr_id` is required, but not declared in `properties`"
            " (did you mean `order_id`?)")
        ],
    ),
    "a default against its schema": (
        "{properties: {a: {type: integer, minimum: 1, default: 0}}}",
        ["1:55 MSG352 the default doesn't fit, and is left out: expected at least 1"],
    ),
    "defaults with parts against their schema": (
        ("properties:\n  a: {type: array, items: {type: string}, default: [1]}\n"
        "  b: {type: object, properties: {x: {type: string}}, default: {x: 1}}\n"
        "  c: {type: array, items: {type: string}, default: [x]}\n  d: {type: string, default: null}\n"),
        [
            "2:52 MSG352 the default doesn't fit, and is left out: expected a string, got a number",
            "3:63 MSG352 the default doesn't fit, and is left out: expected a string, got a number",
            "5:30 MSG352 the default doesn't fit, and is left out: expected a string, got null",
        ],
    ),
    "a format that isn't": (
        "{properties: {a: {type: string, format: datetime}}}",
        ["1:41 MSG353 `datetime` is no format of JSON Schema (did you mean `date-time`?)"],
    ),
    "keywords without a type": (
        "{properties: {a: {minLength: 1, minimum: 1}}}",
        [
            ("1:19 MSG354 without a `type`, `minLength` lets through what isn't a string"
            " (at `/properties/a`) (write `type: string` beside it)")
        ],
    ),
    "a deep schema": (
        "{properties: {a: " + "{not: " * 70 + "{}" + "}" * 72,
        ["MSG355 more than 60 levels deep"],
    ),
    "more parts than can be merged": (
        "{allOf: [" + ", ".join(f"{{properties: {{p{i}: {{}}}}}}" for i in range(1001)) + "]}",
        ["1:2 MSG377 `allOf` has 1001 schemas, and 1000 may be merged"],
    ),
    "more parts that type what others declare than can be merged": (
        "{allOf: ["
        + ", ".join(
            f"{{additionalProperties: {{type: string}}, properties: {{p{i}: {{}}}}}}"
            for i in range(201)
        )
        + "]}",
        ["1:1 MSG377 more than 200 schemas of an `allOf` type what others declare"],
    ),
}  # fmt: skip

FILES = {
    "api/common.json": '{"$defs": {"Money": {"type": "string"}}}',
    "api/broken.json": '{"type": ',
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    text, expected = CASES[case]
    outcome = outcome_of(text, FILES)
    by_place = sorted(outcome.diagnostics, key=lambda d: d.span.start)
    found = [shown(d).removeprefix("api/messaging.yaml:") for d in by_place]
    assert len(found) == len(expected), found
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(start) or (start.startswith("MSG") and start in line), found
    assert all(d.is_error for d in outcome.diagnostics) or outcome.value is not None


TESTED_ELSEWHERE = {"MSG369", "MSG375", "MSG376", "MSG378", "MSG730"}
"""Cases for two need files that can't be kept in memory (tests/test_disk.py), one needs many, one
folders (test_schema_folders.py), and one the word `python` (test_python_words.py)."""


@pytest.mark.parametrize(
    "code", [c for c in CODES if c.id not in TESTED_ELSEWHERE], ids=lambda c: c.id
)
def test_every_code_has_a_case_and_an_explanation(code: Code) -> None:
    assert any(f"{code.id} " in line for _, lines in CASES.values() for line in lines)
    assert len(code.explain()) > 100


def test_a_broken_file_says_who_asked_for_it() -> None:
    (found,) = outcome_of("{properties: {a: {$ref: broken.json}}}", FILES).diagnostics
    assert [label.message for label in found.labels] == ["read because of this `$ref`"]
    assert repr(found.labels[0].span) == "api/messaging.yaml:1:25"


def test_parts_that_double_take_no_time() -> None:
    defs = ", ".join(
        f"D{i}: {{allOf: [{{$ref: '#/$defs/D{i + 1}'}}, {{$ref: '#/$defs/D{i + 1}'}}]}}"
        for i in range(40)
    )
    text = (
        f"{{$ref: '#/$defs/D0', $defs: {{{defs}, D40: {{type: object, properties: {{a: {{}}}}}}}}}}"
    )
    outcome = outcome_of(text)
    assert outcome.value is not None
    assert [field.wire for field in outcome.value.fields] == ["a"]


def test_messages_share_what_may_be_read() -> None:
    budget = payloads.SchemaBudget(30)
    schema = f"{{properties: {{{', '.join(f'p{i}: {{type: string}}' for i in range(15))}}}}}"
    assert outcome_of(schema, budget=budget).diagnostics == ()
    assert outcome_of(schema, budget=budget).diagnostics == ()
    (found,) = outcome_of(schema, budget=budget).diagnostics
    assert found.code.name == "too-many-schemas"
