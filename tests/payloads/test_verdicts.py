"""Whatever a schema says, payloads are judged as the `jsonschema` library judges them."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from msgc.payloads import violations
from tests.payloads.schemas import outcome_of, shape_of

Schema = dict[str, Any]
_WORDS = ["", "a", "gold", "o-17", "O-17", "ünï", "x" * 12, "\U0001f600\U0001f600", "a\n"]
_NUMBERS = [0, 1, -1, 2, 3.0, 2.5, -0.5, 10, 99, 1e3, 12345678901234567890]
# What ECMAScript means by a pattern, in Python: the library passes patterns to `re` as they are.
_PATTERNS = {
    r"^o-\d+$": r"\Ao-[0-9]+\Z",
    r"[a-z]": r"[a-z]",
    r"^\w*$": r"\A[A-Za-z0-9_]*\Z",
    r"^(gold|silver)$": r"\A(gold|silver)\Z",
    r"\S": r"\S",
}


class Dice:
    """Schemas and values by chance, the same from the same seed."""

    def __init__(self, seed: int, *, rules: bool = False) -> None:
        self._rules = rules
        self._random = random.Random(seed)  # not for secrets

    def schema(self, depth: int = 3) -> Schema:
        kinds = ["string", "string", "number", "integer", "boolean", "enum", "const", "nullable"]
        if self._rules and depth > 0 and self._random.random() < 0.4:
            return self._ruled(depth)
        if depth:
            kinds += ["object", "object", "array", "map", "tagged", "merged", "types"]
        made: Schema = getattr(self, f"_{self._random.choice(kinds)}")(depth - 1)
        return made

    def message(self) -> Schema:
        made = self._object(3)
        return made | self._rule(1) if self._rules else made

    def _ruled(self, depth: int) -> Schema:
        """A schema with what has no Python type, alone or beside a type."""
        if depth <= 0:
            return self._rule(0)
        beside = self._random.choice([{}, self._string(0), self._array(0)])
        return beside | self._rule(1)

    def _rule(self, depth: int) -> Schema:
        def some() -> Schema:
            return self._random.choice([
                {"type": "string"}, {"minimum": 2}, {"required": ["a"]}, {"maxLength": 2},
                {"properties": {"a": {"type": "string"}}}, {"const": ["x"]}, {"minItems": 1},
                self.schema(0) if depth > 0 else {"type": "integer"},
            ])  # fmt: skip

        st = self._random
        return st.choice(
            [
                {"not": some()},
                {"anyOf": [some(), some()]},
                {"oneOf": [some(), some(), some()]},
                {"if": some(), "then": some(), "else": some()},
                {
                    "patternProperties": {"^[a-c]": some(), "r$": some()},
                    "additionalProperties": some(),
                },
                {"propertyNames": {"maxLength": st.randint(1, 6)}},
                {"dependentRequired": {"a": ["b"], "d": ["other"]}},
                {"dependentSchemas": {"a": some()}},
                {"prefixItems": [some(), some()], "items": some()},
                {"contains": some(), "minContains": st.randint(0, 2), "maxContains": 2},
                {"anyOf": [some(), some()], "unevaluatedProperties": False},
                {"prefixItems": [some()], "anyOf": [some(), some()], "unevaluatedItems": some()},
                {"enum": [{"a": 1}, [1, True], "gold", None]},
                {"allOf": [some(), {"minProperties": 1}]},
                {"uniqueItems": True, "minimum": 1},
            ]
        )

    def _some(self, **words: Any) -> Schema:
        return {key: value for key, value in words.items() if self._random.random() < 0.4}

    def _string(self, _: int) -> Schema:
        least = self._random.randint(0, 3)
        return {"type": "string"} | self._some(
            minLength=least,
            maxLength=least + self._random.randint(0, 4),
            pattern=self._random.choice(list(_PATTERNS)),
        )

    def _number(self, _: int, kind: str = "number") -> Schema:
        low = self._random.randint(-2, 3)
        return {"type": kind} | self._some(
            minimum=low,
            maximum=low + 5,
            exclusiveMinimum=low - 1,
            exclusiveMaximum=low + 6.5,
            multipleOf=self._random.choice([1, 2, 0.5]),
        )

    def _integer(self, depth: int) -> Schema:
        return self._number(depth, "integer")

    def _boolean(self, _: int) -> Schema:
        return {"type": "boolean"}

    def _enum(self, _: int) -> Schema:
        return {"enum": self._random.sample(["a", "gold", 1, 2.5, True, None, "x"], 3)}

    def _const(self, _: int) -> Schema:
        return {"const": self._random.choice(["gold", 1, False, None, 2.5])}

    def _nullable(self, depth: int) -> Schema:
        if self._random.random() < 0.5:
            return {"type": ["string", "null"], "minLength": 1}
        options = [self._object(depth) if depth > 0 else self._string(0), {"type": "null"}]
        return {self._random.choice(["anyOf", "oneOf"]): options}

    def _types(self, _: int) -> Schema:
        kinds = ["string", "number", "boolean", "null"]
        return {"type": self._random.sample(kinds, self._random.randint(1, 4))}

    def _array(self, depth: int) -> Schema:
        least = self._random.randint(0, 2)
        return {"type": "array"} | self._some(
            items=self.schema(depth), minItems=least, maxItems=least + 1, uniqueItems=True
        )

    def _map(self, depth: int) -> Schema:
        values = self._random.choice([True, self.schema(depth)])
        return {"type": "object", "additionalProperties": values} | self._some(maxProperties=1)

    def _object(self, depth: int) -> Schema:
        names = self._random.sample(
            ["a", "b", "order-id", "class", "d"], self._random.randint(1, 4)
        )
        return {
            "type": "object",
            "properties": {name: self.schema(depth) for name in names},
            "required": [name for name in names if self._random.random() < 0.4],
        } | self._some(
            additionalProperties=self._random.choice([True, False, {"type": "string"}]),
            minProperties=1,
            maxProperties=5,
        )

    def _tagged(self, depth: int) -> Schema:
        options = []
        for tag in ("card", "cash", "transfer"):
            option = self._object(depth)
            option["properties"]["kind"] = {"const": tag}
            option["required"].append("kind")
            options.append(option)
        return {self._random.choice(["anyOf", "oneOf"]): options}

    def _merged(self, depth: int) -> Schema:
        parts = [self._object(depth), self._object(depth)]
        for part, names in zip(parts, ("ab", "cd"), strict=True):
            part.pop("additionalProperties", None)
            part["properties"] = {n: self.schema(depth) for n in names}
            part["required"] = [n for n in names if self._random.random() < 0.3]
        return {"allOf": parts}

    def value(self, schema: Schema) -> Any:  # noqa: C901, PLR0911  # one a kind
        """Something that fits the schema more or less."""
        if self._random.random() < 0.06:
            return self._random.choice([None, True, 1, 1.5, "gold", [], {}, [1, True], {"a": 1}])
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._random.choice(schema["enum"])
        for word in ("anyOf", "oneOf"):
            if word in schema:
                return self.value(self._random.choice(schema[word]))
        if "allOf" in schema and not self._rules:
            first, second = (self.value(part) for part in schema["allOf"])
            both = isinstance(first, dict) and isinstance(second, dict)
            return {**second, **first} if both else first
        kind = schema.get("type", ["string", "number", "array", "object", "boolean"])
        kind = self._random.choice(kind) if isinstance(kind, list) else kind
        match kind:
            case "string":
                return self._random.choice(_WORDS)
            case "number" | "integer":
                return self._random.choice(_NUMBERS)
            case "boolean":
                return self._random.random() < 0.5
            case "null":
                return None
            case "array":
                items = schema.get("items", {"type": ["string", "number", "boolean"]})
                return [self.value(items) for _ in range(self._random.randint(0, 3))]
            case _:
                return self._entries(schema)

    def _entries(self, schema: Schema) -> dict[str, Any]:
        required = schema.get("required", ())
        out = {
            name: self.value(below)
            for name, below in schema.get("properties", {}).items()
            if (name in required and self._random.random() < 0.95) or self._random.random() < 0.6
        }
        others = schema.get("additionalProperties", True)
        if self._random.random() < 0.3:
            out["other"] = self.value(others) if isinstance(others, dict) else "gold"
        return out


def in_python(schema: Any) -> Any:
    """The schema with its patterns as Python writes them."""
    if isinstance(schema, list):
        return [in_python(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _PATTERNS[value] if key == "pattern" else in_python(value)
        for key, value in schema.items()
    }


@pytest.mark.parametrize("seed", range(400))
def test_verdicts(seed: int) -> None:
    dice = Dice(seed)
    schema = dice.message()
    text = json.dumps(schema)
    shape = shape_of(text)
    judge = Draft202012Validator(in_python(schema))
    for _ in range(12):
        value = dice.value(schema)
        expected = [error.json_path for error in judge.iter_errors(value)]
        found = violations(shape, value)
        assert bool(found) == bool(expected), (text, value, expected, found)


@pytest.mark.parametrize("seed", range(600))
def test_verdicts_on_what_has_no_type(seed: int) -> None:
    dice = Dice(seed, rules=True)
    schema = dice.message()
    outcome = outcome_of(json.dumps(schema))
    if any(diagnostic.is_error for diagnostic in outcome.diagnostics):
        # no value can be right: parts that exclude each other, bounds of another type
        assert {d.code.id for d in outcome.diagnostics if d.is_error} <= {"MSG350"}
        return
    assert outcome.value is not None
    judge = Draft202012Validator(in_python(schema))
    for _ in range(12):
        value = dice.value(schema)
        if isinstance(value, dict):
            found = violations(outcome.value, value)
            assert (not found) == judge.is_valid(value), (schema, value, found)


def test_both_verdicts_are_tried() -> None:
    verdicts = []
    for seed in range(60):
        dice = Dice(seed)
        schema = dice.message()
        verdicts += [Draft202012Validator(schema).is_valid(dice.value(schema)) for _ in range(5)]
    assert 0.2 < sum(verdicts) / len(verdicts) < 0.8


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ({"type": "integer", "anyOf": [{"type": "number"}, {"type": "string"}]}, 1, 1.5),
        ({"type": "integer", "anyOf": [{"type": "number"}, {"type": "string"}]}, 1, "x"),
        ({"type": "object", "anyOf": [{"type": "object"}, {"type": "null"}]}, {}, None),
        ({"type": ["string", "null"], "allOf": [{"type": "string"}]}, "x", None),
        ({"anyOf": [{"type": "null", "not": {"const": None}}, {"type": "number"}]}, 1, None),
        ({"anyOf": [{"type": ["string", "null"], "format": "date"}, {"const": [1]}]}, [1], "x"),
    ],
)
def test_a_type_beside_other_schemas_holds(schema: Schema, right: Any, wrong: Any) -> None:
    shape = shape_of(json.dumps({"type": "object", "properties": {"a": schema}}))
    assert violations(shape, {"a": wrong})
    assert not violations(shape, {"a": right})
