"""What stands under an environment: every word of a section may differ there, or is the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.schema.loading import schema_text

DEFINITIONS: dict[str, Any] = json.loads(schema_text())["definitions"]
KINDS = ("queue", "topic", "bus", "subscription", "consumer", "producer", "function")


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_is_said_to_differ_or_to_be_the_same(kind: str) -> None:
    there = DEFINITIONS[f"{kind}There"]
    differ, same = set(there["properties"]), set(there["x-same"])
    assert not differ & same
    assert differ | same == set(DEFINITIONS[kind]["properties"])


@pytest.mark.parametrize("kind", KINDS)
def test_what_differs_is_written_as_in_its_section(kind: str) -> None:
    for word, schema in DEFINITIONS[f"{kind}There"]["properties"].items():
        own = f"#/definitions/{kind}/properties/{word}"
        assert schema == {"$ref": own} or schema["$ref"].endswith("There")
