"""Schemas made by chance, said in the words of draft 7: verdicts are that draft's own."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from jsonschema import Draft7Validator

from msgc.payloads import violations
from tests.payloads.making import FORMATS, Maker, in_python
from tests.payloads.schemas import outcome_of

DRAFT_7 = "http://json-schema.org/draft-07/schema#"
SCHEMAS = 150


def in_draft_7(schema: Any) -> Any:  # noqa: C901  # one a word
    """The schema in words of draft 7, as far as it has them."""
    if isinstance(schema, list):
        return [in_draft_7(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    out: dict[str, Any] = {}
    needs: dict[str, Any] = {}
    for word, value in schema.items():
        if word in _DATA:
            out[word] = value
        elif word == "$defs":
            out["definitions"] = {name: in_draft_7(each) for name, each in value.items()}
        elif word == "$ref":
            out[word] = value.replace("/$defs/", "/definitions/")
        elif word in ("dependentRequired", "dependentSchemas"):
            needs |= {name: in_draft_7(each) for name, each in value.items()}
        elif word in ("properties", "patternProperties"):
            out[word] = {name: in_draft_7(each) for name, each in value.items()}
        elif word not in _LATER:
            out[word] = in_draft_7(value)
    if "prefixItems" in schema:
        out |= {"additionalItems": out["items"]} if "items" in out else {}
        out["items"] = in_draft_7(schema["prefixItems"])
    return out | ({"dependencies": needs} if needs else {})


_DATA = frozenset({"enum", "const", "default", "required", "type"})
_LATER = frozenset({
    "prefixItems", "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties",
})  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_verdicts_of_draft_7(seed: int) -> None:
    random = Random(seed)
    judged = 0
    for _ in range(SCHEMAS):
        maker = Maker(random)
        made = maker.message()
        schema = {"$schema": DRAFT_7, **in_draft_7(made)}
        outcome = outcome_of('{"$ref": "a.json"}', {"api/a.json": json.dumps(schema)})
        if outcome.value is None or any(each.is_error for each in outcome.diagnostics):
            continue  # it contradicts itself
        judge = Draft7Validator(in_python(schema), format_checker=FORMATS)
        for _ in range(12):
            value = maker.value(made)
            if isinstance(value, dict):
                judged += 1
                accepted = not violations(outcome.value, value)
                assert accepted == judge.is_valid(value), (json.dumps(schema), json.dumps(value))
    assert judged > SCHEMAS
