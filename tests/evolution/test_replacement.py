"""The table of what AWS can't change is as AWS's own schemas have it, which cfn-lint carries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import cfnlint
import pytest

from msgc.evolution.inventory.kinds import KINDS
from msgc.evolution.inventory.replacement import DEFAULTS, REPLACING
from msgc.stack import plan
from msgc.stack.placement.parts import parts
from tests.cdk.synthesis import built
from tests.cdk.templates import TOPOLOGIES
from tests.stack.template import template

SCHEMAS = Path(cfnlint.__file__).parent / "data" / "schemas" / "resources"


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """AWS's schemas of the types of inventories, as far as they differ between Regions."""
    found: dict[str, dict[str, Any]] = {}
    for path in SCHEMAS.glob("*.json"):
        schema = json.loads(path.read_text("utf-8"))
        if schema["typeName"] in REPLACING:
            found[schema["typeName"]] = schema
    return found


def fixed(type_: str) -> set[str]:
    schema = schemas()[type_]
    words = ("createOnlyProperties", "conditionalCreateOnlyProperties")
    return {path.removeprefix("/properties/") for word in words for path in schema.get(word, ())}


def test_every_kind_has_its_row() -> None:
    assert REPLACING.keys() == KINDS.keys()
    assert set(DEFAULTS) <= {name for names in REPLACING.values() for name in names}


@pytest.mark.parametrize("type_", REPLACING)
def test_what_the_table_has_is_fixed(type_: str) -> None:
    assert set(REPLACING[type_]) <= fixed(type_)
    assert list(REPLACING[type_]) == sorted(REPLACING[type_])


def paths(value: Any, before: str = "") -> Iterator[str]:
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield f"{before}{key}"
        yield from paths(inner, f"{before}{key}/")


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_what_is_fixed_in_a_stack_is_in_the_table(case: str) -> None:
    for stack in parts(plan(*built(TOPOLOGIES[case]))):
        for resource in template(stack).values():
            if resource["Type"] in REPLACING:
                said = set(paths(resource["Properties"])) & fixed(resource["Type"])
                assert said <= set(REPLACING[resource["Type"]])
