"""Schemas as people write them, and what they are read into."""

# ruff: noqa: E501  # schemas are easier to read on one line

from __future__ import annotations

import pytest

from msgc.payloads import field_at
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    MapShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from tests.payloads.schemas import field_of, shape_of


def brief(shape: Shape) -> str:  # noqa: C901, PLR0911  # one a kind
    """A shape in a few letters, without its bounds."""
    match shape:
        case StringShape():
            if shape.enum is not None:
                return "|".join(shape.enum)
            return "decimal text" if shape.decimal else shape.format or "string"
        case NumberShape():
            if shape.enum is not None:
                return "|".join(str(value) for value in shape.enum)
            return "decimal" if shape.decimal else "integer" if shape.integer else "number"
        case BooleanShape():
            return "boolean" if shape.const is None else str(shape.const).lower()
        case NullShape():
            return "null"
        case AnyShape():
            return "any"
        case ArrayShape():
            return f"[{brief(shape.items)}]"
        case MapShape():
            return f"{{*: {brief(shape.values)}}}"
        case RefShape():
            return f"&{shape.name}"
        case UnionShape():
            tag = f"<{shape.tag}>" if shape.tag else ""
            return tag + " or ".join(brief(option) for option in shape.options)
        case ObjectShape():
            fields = ", ".join(
                f"{f.python}{'' if f.required else '?'}: {brief(f.shape)}" for f in shape.fields
            )
            rest = f", *: {brief(shape.rest.shape)}" if shape.rest else ""
            return f"{shape.name}({fields}{rest}{', closed' if shape.closed else ''})"


TYPES = {
    "{type: string}": "string",
    "{type: string, format: uuid}": "uuid",
    "{type: string, format: email}": "email",
    "{type: string, x-python: decimal}": "decimal text",
    "{type: number, x-python: decimal}": "decimal",
    "{type: integer}": "integer",
    "{type: [integer, number]}": "number",
    "{type: object, properties: {x: {type: string}}}": "OrderPlacedA(x?: string)",
    "{type: array, items: {type: string}}": "[string]",
    "{type: array}": "[any]",
    "{type: object}": "{*: any}",
    "{type: object, additionalProperties: {type: number}}": "{*: number}",
    "{type: object, additionalProperties: false}": "OrderPlacedA(closed)".replace("(", "(, "),
    "{type: [string, 'null']}": "string or null",
    "{type: [string, integer, boolean]}": "string or integer or boolean",
    "{anyOf: [{type: 'null'}, {type: string}]}": "string or null",
    "{oneOf: [{type: array}, {type: object}]}": "[any] or {*: any}",
    "{oneOf: [{const: a, title: A}, {const: b}]}": "a|b",
    "{anyOf: [{type: string}, {}]}": "any",
    "{anyOf: [{type: string}]}": "string",
    "{enum: [a, 1, 2.5, true, null]}": "a or 1|2.5 or true or null",
    "{enum: [true, false]}": "boolean",
    "{enum: [1, 2.0]}": "1|2",
    "{type: [string, 'null'], enum: [a, null]}": "a or null",
    "{const: nightly}": "nightly",
    "{const: 2026-01-01}": "2026-01-01",
    "{const: null}": "null",
    "true": "any",
    "{}": "any",
    "{allOf: [{type: string, minLength: 1}, {maxLength: 3}]}": "string",
    "{allOf: [{type: number}, {type: integer}]}": "integer",
    "{allOf: [{enum: [a, b, c]}, {enum: [c, b, d]}]}": "b|c",
    "{allOf: [{type: string, minLength: 2}, {enum: [a, bb]}]}": "bb",
}


@pytest.mark.parametrize("text", TYPES)
def test_types(text: str) -> None:
    expected = TYPES[text].replace("(, ", "(")
    assert (
        brief(field_of(f"{{type: object, properties: {{a: {text}}}}}").shape).replace("(, ", "(")
        == expected
    )


WHOLE = {
    "a message of which nothing is known": (
        "{type: object}",
        "OrderPlaced(, *: {*: any})",
    ),
    "properties of which only the type is known": (
        "{type: object, properties: {a: {}}, additionalProperties: {type: string}}",
        "OrderPlaced(a?: any, *: {*: string})",
    ),
    "a reference inside the file": (
        ("{type: object, properties: {a: {$ref: '#/$defs/money'}, b: {$ref: '#/$defs/money'}},"
        " $defs: {money: {type: object, properties: {n: {type: string}}}}}"),
        "OrderPlaced(a?: Money(n?: string), b?: Money(n?: string))",
    ),
    "a reference to a property": (
        "{type: object, properties: {a: {$ref: '#/properties/b'}, b: {type: object, properties: {n: {}}}}}",
        "OrderPlaced(a?: OrderPlacedB(n?: any), b?: OrderPlacedB(n?: any))",
    ),
    "a reference by anchor": (
        "{type: object, properties: {a: {$ref: '#m'}}, definitions: {M: {$anchor: m, type: string}}}",
        "OrderPlaced(a?: string)",
    ),
    "a reference into another file, and one from there": (
        "{type: object, properties: {a: {$ref: 'schemas/common.json#/$defs/Price'}}}",
        "OrderPlaced(a?: Price(money: Money(n?: string)))",
    ),
    "a file as a type": (
        "{type: object, properties: {a: {$ref: schemas/postal_address.yaml}}}",
        "OrderPlaced(a?: PostalAddress(city?: string))",
    ),
    "the message in a file of its own": (
        "{$ref: schemas/order.json}",
        "OrderPlaced(parent?: &OrderPlaced, lines?: [OrderPlacedLine(sku?: string)])",
    ),
    "a tree": (
        ("{type: object, properties: {root: {$ref: '#/$defs/Tree'}},"
        " $defs: {Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/$defs/Tree'}}}}}}"),
        "OrderPlaced(root?: Tree(children?: [&Tree]))",
    ),
    "a tagged union": (
        ("{type: object, properties: {pay: {oneOf: ["
        "{type: object, required: [kind], properties: {kind: {const: card}}},"
        "{type: object, required: [kind], properties: {kind: {enum: [cash, coins]}}}]}}}"),
        ("OrderPlaced(pay?: <kind>OrderPlacedPayCard(kind: card)"
        " or OrderPlacedPayOption2(kind: cash|coins))"),
    ),
    "a tagged union by discriminator, through references, nullable": (
        ("{type: object, properties: {pay: {anyOf: [{$ref: '#/$defs/Card'}, {$ref: '#/$defs/Cash'}, {type: 'null'}],"
        " discriminator: {propertyName: type}}}, $defs: {"
        "Card: {allOf: [{$ref: '#/$defs/Base'}, {type: object, properties: {type: {const: card}}}]},"
        "Cash: {allOf: [{$ref: '#/$defs/Base'}, {type: object, properties: {type: {const: cash}}}]},"
        "Base: {type: object, required: [type, id], properties: {id: {const: 1}}}}}"),
        "OrderPlaced(pay?: <type>Card(id: 1, type: card) or Cash(id: 1, type: cash) or null)",
    ),
    "a merged object": (
        ("{allOf: [{$ref: '#/$defs/Base'}, {type: object, required: [b], properties: {b: {type: string}}}],"
        " properties: {c: {}}, required: [c],"
        " $defs: {Base: {type: object, required: [a], properties: {a: {type: object, properties: {x: {}}}}}}}"),
        "OrderPlaced(a: BaseA(x?: any), b: string, c: any)",
    ),
    "one part is no merge": (
        ("{type: object, properties: {a: {description: An A., allOf: [{$ref: '#/$defs/Base'}]}},"
        " $defs: {Base: {type: object, properties: {x: {}}}}}"),
        "OrderPlaced(a?: Base(x?: any))",
    ),
    "titles": (
        ("{title: Ignored, properties: {a: {title: Postal address, type: object, properties:"
        " {b: {type: object, properties: {c: {}}}}}, d: {title: 'What comes after that is long.', type: object, properties: {}}}}"),
        "OrderPlaced(a?: PostalAddress(b?: PostalAddressB(c?: any)), d?: {*: any})",
    ),
    "one title twice": (
        ("{type: object, properties: {a: {title: Address, type: object, properties: {x: {}}},"
        " b: {title: Address, type: object, properties: {y: {}}}}}"),
        "OrderPlaced(a?: Address(x?: any), b?: OrderPlacedB(y?: any))",
    ),
    "names of classes of items": (
        ("{type: object, properties: {addresses: {type: array, items: {type: object, properties: {x: {}}}},"
        " entries: {type: array, items: {type: object, properties: {x: {}}}}, data: {type: array, items: {type: object, properties: {x: {}}}},"
        " by_key: {type: object, additionalProperties: {type: object, properties: {x: {}}}}}}"),
        ("OrderPlaced(addresses?: [OrderPlacedAddress(x?: any)],"
        " entries?: [OrderPlacedEntry(x?: any)], data?: [OrderPlacedDataItem(x?: any)],"
        " by_key?: {*: OrderPlacedByKeyItem(x?: any)})"),
    ),
    "a class that the module imports": (
        "{type: object, properties: {a: {$ref: '#/$defs/Decimal'}}, $defs: {Decimal: {type: object, properties: {x: {}}}}}",
        "OrderPlaced(a?: OrderPlacedDecimal(x?: any))",
    ),
}  # fmt: skip

FILES = {
    "api/schemas/common.json": (
        '{"$defs": {"Price": {"type": "object", "required": ["money"],'
        ' "properties": {"money": {"$ref": "deep/money.json#/$defs/Money"}}}}}'
    ),
    "api/schemas/deep/money.json": (
        '{"$defs": {"Money": {"type": "object", "properties": {"n": {"$ref": "../n.json"}}}}}'
    ),
    "api/schemas/n.json": '{"type": "string"}',
    "api/schemas/postal_address.yaml": "{type: object, properties: {city: {type: string}}}",
    "api/schemas/order.json": (
        '{"title": "Order", "type": "object", "properties": {"parent": {"$ref": "#"},'
        ' "lines": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}}}}'
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_whole_schemas(case: str) -> None:
    text, expected = WHOLE[case]
    assert brief(shape_of(text, FILES)) == expected


NAMES = {
    "order-id": "order_id",
    "orderId": "order_id",
    "HTTPStatus": "http_status",
    "_id": "id",
    "__typename": "typename",
    "class": "class_",
    "2fa": "field_2fa",
    "$ref": "ref",
    "größe": "größe",
    "gro\u0308\u00dfe": "größe",  # as macOS spells it; Python takes the two for one name
    "\ufb01lter": "filter",
    "!": "field",
}


@pytest.mark.parametrize("wire", NAMES)
def test_python_names(wire: str) -> None:
    assert field_of(f"{{type: object, properties: {{'{wire}': {{}}}}}}").python == NAMES[wire]


def test_names_that_come_out_the_same() -> None:
    shape = shape_of("{type: object, properties: {orderId: {}, order-id: {}, order_id: {}}}")
    names = {field.wire: field.python for field in shape.fields}
    assert names == {"orderId": "order_id_2", "order-id": "order_id_3", "order_id": "order_id"}


def test_documentation() -> None:
    shape = shape_of(
        "{description: An order., properties: {"
        " a: {$ref: '#/$defs/Id', description: Mine.}, b: {$ref: '#/$defs/Id', deprecated: true},"
        " c: {type: object, description: Theirs., properties: {x: {}}}},"
        " $defs: {Id: {type: string, description: An id.}}}"
    )
    assert shape.description == "An order."
    assert [field.description for field in shape.fields] == ["Mine.", "An id.", "Theirs."]
    assert [field.deprecated for field in shape.fields] == [False, True, False]


LEAVES = {
    ("id",): ({"string"}, True, False),
    ("note",): ({"string", "null"}, False, False),
    ("customer", "tier"): ({"string"}, True, False),
    ("lines",): ({"array"}, True, False),
    ("lines", "sku"): ({"string"}, True, True),
    ("lines", "tags"): ({"array"}, False, True),
    ("pay", "kind"): ({"string"}, True, False),
    ("pay", "iban"): ({"string", "number"}, False, False),
    ("prices", "eur"): ({"number"}, False, False),
    ("tree", "up", "up", "name"): ({"string"}, False, False),
}


@pytest.mark.parametrize("path", LEAVES)
def test_leaves(path: tuple[str, ...]) -> None:
    shape = shape_of("""
type: object
required: [id, customer, lines, pay, tree]
properties:
  id: {type: string}
  note: {type: [string, "null"]}
  customer: {type: object, required: [tier], properties: {tier: {type: string}}}
  lines: {type: array, minItems: 1, items: {type: object, required: [sku], properties: {sku: {type: string}, tags: {type: array}}}}
  pay:
    oneOf:
      - {type: object, required: [kind], properties: {kind: {const: card}, iban: {type: number}}}
      - {type: object, required: [kind, iban], properties: {kind: {const: cash}, iban: {type: string}}}
  prices: {type: object, additionalProperties: {type: number}}
  tree: {$ref: "#/$defs/Tree"}
$defs:
  Tree: {type: object, required: [name], properties: {name: {type: string}, up: {$ref: "#/$defs/Tree"}}}
""")
    leaf = field_at(shape, path)
    assert leaf is not None
    assert (set(map(str, leaf.kinds)), leaf.required, leaf.in_array) == LEAVES[path]


@pytest.mark.parametrize("path", [("gone",), ("id", "gone"), ("lines", "gone")])
def test_paths_to_nothing(path: tuple[str, ...]) -> None:
    shape = shape_of(
        "{type: object, properties: {id: {type: string}, lines: {type: array, items: {type: object, properties: {a: {}}}}}}"
    )
    assert field_at(shape, path) is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_parts_of_an_all_of_all_hold(order: tuple[int, int]) -> None:
    def both(*parts: str) -> Shape:
        first, second = (parts[place] for place in order)
        return field_of(
            f"{{type: object, properties: {{a: {{allOf: [{first}, {second}]}}}}}}"
        ).shape

    text = both("{type: string, minLength: 2, maxLength: 9}", "{minLength: 1, maxLength: 5}")
    assert isinstance(text, StringShape)
    assert (text.min_length, text.max_length) == (2, 5)
    number = both("{type: number, minimum: 2, maximum: 9}", "{minimum: 1, maximum: 5}")
    assert isinstance(number, NumberShape)
    assert (number.minimum, number.maximum) == (2, 5)
    array = both(
        "{type: array, uniqueItems: true, minItems: 1}", "{type: array, items: {}, maxItems: 3}"
    )
    assert isinstance(array, ArrayShape)
    assert (array.unique, array.min_items, array.max_items) == (True, 1, 3)


@pytest.mark.parametrize(
    "text",
    [
        "{type: object, allOf: [{type: object, properties: {a: {type: string}}}]}",
        "{allOf: [{$ref: '#/$defs/A'}], $defs: {A: {type: object, properties: {a: {type: string}}}}}",
        "{type: object, $ref: '#/$defs/A', $defs: {A: {properties: {a: {type: string}}}}}",
    ],
)
def test_a_message_of_one_part_has_its_own_name(text: str) -> None:
    assert brief(shape_of(text)) == "OrderPlaced(a?: string)"
