"""Schemas over every keyword that payloads are checked for, and values that nearly fit them."""

from __future__ import annotations

import re
from datetime import date, datetime
from random import Random
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

Schema = Any
NAMES = ("a", "b", "class", "order-id", "Ab")
TEXTS = (
    "", "a", "b", "gold", "o-17", "O-17", "ünï", "x" * 6, "\U0001f600\U0001f600", "a\n",
    "2026-02-28", "2026-02-30", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.1234567+01:00",
    "2016-12-31t23:59:60Z", "6F1C2f1e-8f43-4d39-9d53-2b2e5c1e7a11", "6f1c2f1e8f434d399d532b2e5c1e",
    "2026-01-02t03:04:05z", "2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05.1234569+01:00",
    "6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11", "2026-01-02",
)  # fmt: skip
DECIMALS = ("1.50", "+.5", "-0", "007", "3.")
NUMBERS = (0, 1, -1, 2, 3.0, 2.5, -0.5, 10, 99, 1e3, 12345678901234567891, 1e300)
SCALARS: tuple[Any, ...] = (*TEXTS[:6], *NUMBERS[:8], True, False, None)
# What ECMAScript means by a pattern, in Python: the library passes patterns to `re` as they are.
PATTERNS = {
    r"^o-\d+$": r"\Ao-[0-9]+\Z",
    r"[a-z]": r"[a-z]",
    r"^\w*$": r"\A[A-Za-z0-9_]*\Z",
    r"^(gold|silver)$": r"\A(gold|silver)\Z",
    r"\S": r"\S",
    r"^[a-c]": r"\A[a-c]",
}
TYPES = ("string", "number", "integer", "boolean", "null", "array", "object")
FORMATS = FormatChecker(formats=())


@FormatChecker.checks(FORMATS, "uuid")
def _is_uuid(text: Any) -> bool:
    return not isinstance(text, str) or bool(
        re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text)
    )


@FormatChecker.checks(FORMATS, "date", ValueError)
def _is_date(text: Any) -> bool:
    return not isinstance(text, str) or (bool(date.fromisoformat(text)) and len(text) == 10)


@FormatChecker.checks(FORMATS, "date-time", ValueError)
def _is_date_time(text: Any) -> bool:
    if not isinstance(text, str):
        return True
    _, at, clock = text.upper().partition("T")
    offset = clock[-1:] == "Z" or clock[-6:-5] in ("+", "-")
    return bool(at) and offset and bool(datetime.fromisoformat(text.upper().replace(":60", ":59")))


def judge(schema: Schema) -> Draft202012Validator:
    """The library, as strict as msgc about the formats that are checked."""
    return Draft202012Validator(in_python(schema), format_checker=FORMATS)


def in_python(schema: Any) -> Any:
    """The schema with its patterns as Python writes them."""
    if isinstance(schema, list):
        return [in_python(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        PATTERNS.get(key, key): PATTERNS[value] if key == "pattern" else in_python(value)
        for key, value in schema.items()
    }


class Maker:
    """Makes schemas and values by chance: a schema's `$ref`s lead to the definitions made first.

    With `python`, some of them say what is for msgc alone, and the library passes over.
    """

    def __init__(self, random: Random, *, python: bool = False) -> None:
        self.random = random
        self.python = python
        self.definitions: dict[str, Schema] = {}

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    # --- schemas

    def root(self) -> Schema:
        """A schema with its definitions, which may be recursive."""
        names = ["A", "B"][: self.random.randint(0, 2)]
        self.definitions = dict.fromkeys(names, True)
        for name in names:
            self.definitions[name] = self.schema(2)
        made = self.schema(3)
        if names:
            made = (made if isinstance(made, dict) else {}) | {"$defs": self.definitions}
        return made

    def message(self) -> Schema:
        """An object with its definitions: mostly one that has some schema as a property."""
        made = self.root()
        if isinstance(made, dict) and made.get("type") == "object":
            return made
        value = {k: v for k, v in made.items() if k != "$defs"} if isinstance(made, dict) else made
        return {
            "type": "object", "required": ["value"], "properties": {"value": value},
            "$defs": self.definitions,
        }  # fmt: skip

    def schema(self, depth: int) -> Schema:
        """Any schema: mostly of one type, with keywords of it and some that combine others."""
        if self.chance(0.03):
            return self.random.choice([True, True, False, {}])
        if self.definitions and self.chance(0.15):
            ref = {"$ref": f"#/$defs/{self.random.choice(list(self.definitions))}"}
            return ref if self.chance(0.7) else ref | self._combined(depth)
        kinds = TYPES if depth > 0 else TYPES[:5]
        kind = self.random.choice(kinds)
        out: dict[str, Any] = {"type": kind}
        if self.chance(0.12):
            out["type"] = [kind, *self.random.sample([k for k in kinds if k != kind], 1)]
        if self.chance(0.1):
            del out["type"]
        out |= getattr(self, f"_{kind}")(depth - 1)
        if self.python and kind in {"string", "number"} and self.chance(0.2):
            out["x-python"] = "decimal"
        if self.chance(0.15):
            out |= self._some_of({"enum": self._values(3), "const": self._values(1)[0]}, 0.4)
        if self.chance(0.35):
            out |= self._combined(depth)
        if self.chance(0.1) and "type" in out and len(out) > 1:
            del out["type"]
        return out

    def _combined(self, depth: int) -> dict[str, Any]:
        """Keywords that look at the same value with schemas of their own."""
        below = depth - 1

        def some(least: int = 1) -> list[Schema]:
            count = self.random.randint(least, 3)
            return [self.schema(below) if below > 0 else self._small() for _ in range(count)]

        every: dict[str, Any] = {
            "allOf": some(), "anyOf": some(), "oneOf": some(2), "not": some()[0],
            "if": some()[0], "then": some()[0], "else": some()[0],
        }  # fmt: skip
        return self._some_of(every, 0.22)

    def _small(self) -> Schema:
        return self.random.choice([
            {"type": "string"}, {"minimum": 2}, {"required": ["a"]}, {"maxLength": 2},
            {"properties": {"a": {"type": "string"}}}, {"const": "gold"}, {"minItems": 1},
            {"type": ["object", "null"]}, {"enum": [1, "a", None]}, {"type": "integer"}, True,
            {"properties": {"b": True}, "required": ["b"]}, {"prefixItems": [{"type": "string"}]},
            {"type": "object"}, {"contains": {"type": "integer"}}, {"format": "uuid"},
            {"format": "date"}, {"format": "date-time"}, {"format": "email"},
        ])  # fmt: skip

    def _some_of(self, words: dict[str, Any], probability: float = 0.35) -> dict[str, Any]:
        return {word: value for word, value in words.items() if self.chance(probability)}

    def _string(self, _: int) -> dict[str, Any]:
        least = self.random.randint(0, 3)
        return self._some_of({
            "minLength": least,
            "maxLength": least + self.random.randint(0, 8),
            "pattern": self.random.choice(list(PATTERNS)),
        }, 0.25) | ({"format": self.random.choice(["uuid", "date", "date-time"])}
                    if self.chance(0.2) else {})  # fmt: skip

    def _number(self, _: int) -> dict[str, Any]:
        low = self.random.choice([-2, 0, 1, 2.5])
        return self._some_of({
            "minimum": low,
            "maximum": low + 5,
            "exclusiveMinimum": low - 1,
            "exclusiveMaximum": low + 6.5,
            "multipleOf": self.random.choice([1, 2, 0.5]),
        }, 0.2)  # fmt: skip

    _integer = _number

    def _boolean(self, _: int) -> dict[str, Any]:
        return {}

    _null = _boolean

    def _array(self, depth: int) -> dict[str, Any]:
        least = self.random.randint(0, 2)
        return self._some_of({
            "items": self.schema(depth),
            "prefixItems": [self.schema(depth) for _ in range(self.random.randint(1, 2))],
            "contains": self.schema(depth),
            "minContains": self.random.randint(0, 2),
            "maxContains": self.random.randint(1, 2),
            "minItems": least,
            "maxItems": least + 1,
            "uniqueItems": self.chance(0.8),
            "unevaluatedItems": self.random.choice([False, self.schema(depth)]),
        }, 0.25)  # fmt: skip

    def _object(self, depth: int) -> dict[str, Any]:
        names = self.random.sample(NAMES, self.random.randint(1, 3))
        out: dict[str, Any] = {}
        if self.chance(0.75):
            out["properties"] = {name: self.schema(depth) for name in names}
            out["required"] = [name for name in names if self.chance(0.4)]
            for below in out["properties"].values():
                if isinstance(below, dict) and self.chance(0.15):
                    below["default"] = self.value(below)
        return out | self._some_of({
            "additionalProperties": self.random.choice([False, True, self.schema(depth)]),
            "patternProperties": {r"^[a-c]": self.schema(depth), r"\S": self._small()},
            "propertyNames": {"maxLength": self.random.randint(1, 6)},
            "minProperties": self.random.randint(0, 2),
            "maxProperties": self.random.randint(2, 3),
            "dependentRequired": {names[0]: ["b"]},
            "dependentSchemas": {names[0]: self._small()},
            "unevaluatedProperties": self.random.choice([False, self.schema(depth)]),
        }, 0.12)  # fmt: skip

    def _values(self, count: int) -> list[Any]:
        """Values of an enumeration: mostly scalars."""
        others: list[Any] = [{"a": 1}, [1, True], [], {}]
        return self.random.sample([*SCALARS, *(others if self.chance(0.3) else ())], count)

    # --- values

    def value(self, schema: Schema, depth: int = 5) -> Any:  # noqa: C901, PLR0911  # one a keyword
        """Something that fits the schema more or less."""
        if self.chance(0.04) or not isinstance(schema, dict) or depth < 0:
            return self.random.choice([*SCALARS, [], {}, [1, True], {"a": 1}])
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        if "$ref" in schema and self.chance(0.8):
            name = schema["$ref"].rpartition("/")[2]
            return self.value(self.definitions[name], depth - 1)
        words = [word for word in ("anyOf", "oneOf", "allOf") if word in schema]
        if words and self.chance(0.7):
            option = self.random.choice(schema[self.random.choice(words)])
            rest = {key: v for key, v in schema.items() if key not in ("anyOf", "oneOf", "allOf")}
            return self._both(self.value(option, depth - 1), self.value(rest, depth - 1))
        kind = schema.get("type") or self._implied(schema)
        match self.random.choice(kind) if isinstance(kind, list) else kind:
            case "string":
                decimal = schema.get("x-python") and self.chance(0.9)
                return self.random.choice(DECIMALS if decimal else TEXTS)
            case "number" | "integer":
                return self.random.choice(NUMBERS)
            case "boolean":
                return self.chance(0.5)
            case "null":
                return None
            case "array":
                return self._items(schema, depth)
            case _:
                return self._entries(schema, depth)

    def _implied(self, schema: dict[str, Any]) -> list[str]:
        if schema.keys() & {"properties", "required", "patternProperties", "additionalProperties"}:
            return ["object"]
        if schema.keys() & {"items", "prefixItems", "contains", "minItems"}:
            return ["array"]
        return list(TYPES)

    def _both(self, first: Any, second: Any) -> Any:
        if isinstance(first, dict) and isinstance(second, dict):
            return {**second, **first}
        return first if self.chance(0.7) else second

    def _items(self, schema: dict[str, Any], depth: int) -> list[Any]:
        first = schema.get("prefixItems", [])
        out = [self.value(below, depth - 1) for below in first]
        for _ in range(self.random.randint(0, 2)):
            words = [w for w in ("items", "contains", "unevaluatedItems") if w in schema]
            out.append(self.value(schema[self.random.choice(words)] if words else True, depth - 1))
        if out and self.chance(0.1):
            out.append(out[0])
        return out

    def _entries(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        required = schema.get("required", ())
        out = {
            name: self.value(below, depth - 1)
            for name, below in schema.get("properties", {}).items()
            if (name in required and self.chance(0.95)) or self.chance(0.5)
        }
        words = ("additionalProperties", "unevaluatedProperties")
        for word in words:
            if self.chance(0.3):
                name = self.random.choice(["other", *NAMES])
                out.setdefault(name, self.value(schema.get(word, True), depth - 1))
        return out
