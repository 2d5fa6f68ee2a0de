"""The `jsonschema` library is the judge: it and msgc say the same of every file.

One thing is done before it judges: where the schema has text, a scalar is given to it as it is
spelled, for that is how the language reads `service: 123` or `owner: on`; elsewhere as the value
that the core schema of YAML makes of it.
"""

from __future__ import annotations

import copy
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from msgc.report.text import text_report
from msgc.schema import schema_text, validate
from msgc.source import Source
from msgc.syntax import yaml_tree
from msgc.tree import JsonValue, Mapping, Node, Scalar, Sequence, to_json

pytestmark = pytest.mark.once

TESTS = Path(__file__).parents[1]
FILES = sorted(
    [
        *(TESTS / "cases" / "schema").glob("*.yaml"),
        *(TESTS.parent / "examples").glob("*/messaging.yaml"),
    ]
)
SCHEMA: dict[str, Any] = json.loads(schema_text())
JUDGE = Draft7Validator(SCHEMA)
VALUES: list[JsonValue] = [
    None, 0, 1, -1, 1.5, 99999, True, False, "", "any", "provided", "x y", "30s", "1MiB", "Foo",
    "foo", "arn:aws:sns:eu-west-1:111122223333:x", [], {}, ["A"], ["A", "A"], {"arn": "x"},
    {"queue": "a"}, {"max": 5}, {"pollers": {}}, [{}], [{"topic": "t"}], [None],
]  # fmt: skip


def tree(text: str) -> Mapping:
    root, found = yaml_tree.build(Source("messaging.yaml", text))
    assert not found
    assert isinstance(root, Mapping)
    return root


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        target: Any = SCHEMA
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = target
    return schema


def spelled(node: Node, schema: Any) -> JsonValue:
    """The value of a node, with text as it is spelled wherever the schema has text."""
    if not isinstance(schema, dict):
        return to_json(node)
    schema = resolved(schema)
    if isinstance(node, Mapping):
        others = schema.get("additionalProperties")
        properties = schema.get("properties", {})
        free = schema.get("patternProperties", {})
        return {
            k.text: spelled(v, properties.get(k.text, others))
            for k, v in node.items()
            if not any(re.match(pattern, k.text) for pattern in free)
        }
    if isinstance(node, Sequence):
        return [spelled(item, schema.get("items")) for item in node.items]
    types = schema.get("type", [])
    if "boolean" in types and isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    is_text = "string" in types and not node.is_null
    return node.text if is_text and isinstance(node, Scalar) else to_json(node)


def agree(text: str) -> bool:
    root = tree(text)
    ours = validate(root)
    value = spelled(root, SCHEMA)
    theirs = [error.message for error in JUDGE.iter_errors(value)]
    assert (not ours) == (not theirs), f"{text}\nmsgc: {text_report(ours)}\njudge: {theirs}"
    return not theirs


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_same_verdict(path: Path) -> None:
    agree(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("seed", range(8))
def test_same_verdict_on_mutated_files(seed: int) -> None:
    chance = random.Random(seed)  # the same files in every run
    keys = sorted(all_keys(SCHEMA))
    clean = [to_json(tree(p.read_text(encoding="utf-8"))) for p in FILES if is_clean(p)]
    verdicts = []
    for _ in range(60):
        value = copy.deepcopy(chance.choice(clean))
        for _ in range(chance.randint(1, 2)):
            mutate(value, keys, chance)
        verdicts.append(agree(json.dumps(value)))
    assert verdicts.count(True) >= 3
    assert verdicts.count(False) >= 30


def is_clean(path: Path) -> bool:
    return not validate(tree(path.read_text(encoding="utf-8")))


def all_keys(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(all_keys, schema))
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {})) | set(schema.get("x-reserved", {}))
    return own.union(*map(all_keys, schema.values()))


def mutate(value: JsonValue, keys: list[str], chance: random.Random) -> None:
    """Change one thing somewhere: a value, a key, or the number of items."""
    holders: list[dict[str, JsonValue] | list[JsonValue]] = []
    todo = [value]
    while todo:
        holder = todo.pop()
        if isinstance(holder, dict | list):
            holders.append(holder)
            todo += holder.values() if isinstance(holder, dict) else holder
    holder = chance.choice(holders)
    new = copy.deepcopy(chance.choice(VALUES))
    if isinstance(holder, list):
        holder.insert(chance.randint(0, len(holder)), new)
        return
    kind = chance.choice(["delete", "replace", "replace", "add", "rename", "wrap"])
    if kind == "add" or not holder:
        holder[chance.choice(keys)] = new
        return
    key = chance.choice(sorted(holder))
    if kind == "delete":
        del holder[key]
    elif kind == "replace":
        holder[key] = new
    elif kind == "rename":
        holder[chance.choice([*keys, "nonsense", "Not_A_Name"])] = holder.pop(key)
    else:
        holder[key] = [holder[key]]
