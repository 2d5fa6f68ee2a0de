"""`schemas` of a messaging.yaml: schemas found by their `$id`, and words that mean nothing."""

# ruff: noqa: E501  # findings are easier to read on one line

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.pipeline.understand import topology_of
from msgc.syntax import load
from tests.files import Memory

ORDER = {
    "$id": "https://example.com/v1/order",
    "type": "object",
    "properties": {
        "money": {"$ref": "money"},
        "sku": {"$ref": "https://example.com/v1/common#/definitions/Sku"},
        "gift": {"$ref": "https://example.com/v1/common#gift"},
    },
}
MONEY = {"$id": "https://example.com/v1/money", "type": "number", "javaType": "Money"}
COMMON = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "id": "https://example.com/v1/common#",
    "definitions": {"Sku": {"type": "string"}, "Gift": {"id": "#gift", "type": "boolean"}},
}


def found(schemas: str, files: dict[str, Any], examples: str = "[]") -> list[str]:
    text = (
        f"version: 1\nservice: shop\nschemas: {schemas}\nmessages:\n"
        f"  Order: {{schema: {{$ref: api/order.json}}, examples: {examples}}}\n"
    )
    texts = {f"shop/{path}": json.dumps(schema) for path, schema in files.items()}
    memory = Memory({"shop/messaging.yaml": text, **texts})
    document = load("shop/messaging.yaml", memory).value
    assert document is not None
    diagnostics = topology_of(document, memory).diagnostics
    return [
        f"{d.span!r} {d.code.id} {d.message} ({d.help})".removeprefix("shop/") for d in diagnostics
    ]


FILES = {"api/order.json": ORDER, "common/a/money.json": MONEY, "common/common.json": COMMON}


def test_schemas_are_found_by_their_ids() -> None:
    wrong = "[{money: 1, sku: a, gift: true}, {money: x, sku: 2, gift: 3}]"
    assert found("{folders: [common], annotations: [javaType]}", FILES, wrong) == [
        "messaging.yaml:5:94 MSG306 the example doesn't fit `Order`: `money`: expected a number, got a string (None)",
        "messaging.yaml:5:102 MSG306 the example doesn't fit `Order`: `sku`: expected a string, got a number (None)",
        "messaging.yaml:5:111 MSG306 the example doesn't fit `Order`: `gift`: expected a boolean, got a number (None)",
    ]  # fmt: skip


def test_what_is_not_there() -> None:
    only = {"api/order.json": ORDER, "common/x.json": {}}
    money, sku, gift = found("{folders: [common]}", only)
    assert "MSG343 there is no file `shop/api/money`" in money
    assert "(and no file below `common` has the `$id` `https://example.com/v1/money`)" in money
    assert "MSG345" in sku
    assert "(no file below `common` has this `$id`: keep a copy there)" in sku
    assert "MSG345" in gift
    unlisted = found("{annotations: [x]}", only)
    assert all("`schemas: {folders: [...]}`" in each for each in unlisted), unlisted


def test_an_id_twice() -> None:
    others = {**FILES, "common/b.json": MONEY}
    assert not found("{folders: [common], annotations: [javaType]}", others)  # the same schema
    others["common/b.json"] = {**MONEY, "type": "string"}
    (twice,) = found("{folders: [common], annotations: [javaType]}", others)
    message = "MSG369 `https://example.com/v1/money` is the `$id` of `shop/common/a/money.json` and"
    assert message in twice


@pytest.mark.parametrize(
    "folders", ["[common]", "[common, api]", "[common/a, ., common]", "[./common/]"]
)
def test_folders(folders: str) -> None:
    assert not found(f"{{folders: {folders}, annotations: [javaType]}}", FILES)


def test_a_word_that_nobody_knows() -> None:
    (note,) = found("{folders: [common]}", FILES)
    assert "common/a/money.json:1:59 MSG341 `javaType` is no keyword of JSON Schema" in note
