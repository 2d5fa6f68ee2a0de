"""What messaging.schema.json expects at each place of a file, prepared for checking.

Each part is prepared when a file first has something at its place. `check` interprets exactly what
is read here; a test fails when the schema uses another word. The annotations (`x-...`) say what
JSON Schema can't: which words are reserved (`x-reserved`), which don't stand under an environment
(`x-same`), what a text's form is called (`x-format`), and how it is written (`x-example`).
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

OR_PLACEHOLDER = "|[$][{]"
"""What a pattern ends in where `${name}` may stand in a text: for editors, which read patterns."""


class Expectations:
    """A JSON Schema document; what several places share is prepared once."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._made: dict[int, Expected] = {}
        self.root = Expected(document, self)

    def of(self, schema: dict[str, Any], part: str) -> Expected:
        """Return what a part of the document expects; `part` names it if it isn't a reference."""
        expected = self._made.get(id(schema))
        if expected is None:
            expected = self._made[id(schema)] = Expected(*self._resolved(schema, part))
        return expected

    def _resolved(
        self, schema: dict[str, Any], part: str
    ) -> tuple[dict[str, Any], Expectations, str]:
        """Follow references; annotations beside a `$ref` are kept, as editors do."""
        while "$ref" in schema:
            target: Any = self._document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            part = _part(schema["$ref"])
            schema = {**target, **{k: v for k, v in schema.items() if k != "$ref"}}
        return schema, self, part


def _part(reference: str) -> str:
    """Name the part that a reference is about, as `Expected.part` does: by where it is written.

    So it has one name, by whichever way a file comes to it first.
    """
    steps = reference.removeprefix("#/definitions/").split("/")
    return ".".join(step for step in steps if step != "properties").replace(".items", "[]")


class Expected:
    """What is expected at one place of the file."""

    def __init__(self, schema: dict[str, Any], expectations: Expectations, part: str = "") -> None:
        self._schema = schema
        self._expectations = expectations
        self.part = part
        """Which part of the schema this is: a definition (`queue`), or a key or the items of one
        (`subscription.from`, `publishes[]`); the empty text is the whole file."""
        types = schema.get("type", ())
        self.types: tuple[str, ...] = (types,) if isinstance(types, str) else tuple(types)
        self.is_mapping = "object" in self.types
        self.is_list = "array" in self.types
        self.is_text = "string" in self.types
        self.is_boolean = "boolean" in self.types
        self.is_integer = "integer" in self.types
        self.is_anything = not self.types
        """Nobody looks at what stands here."""
        self._properties: dict[str, Any] = schema.get("properties", {})
        self._patterns: dict[str, Any] = schema.get("patternProperties", {})
        self._children: dict[str, Expected] = {}
        additional = schema.get("additionalProperties", True)
        self.free = additional is True and not self._properties
        """Any mapping may stand here: somebody else looks into it."""
        self.others = self._maybe(additional, "*")
        self.names = self._maybe(schema.get("propertyNames"), "")
        self.items = self._maybe(schema.get("items"), "[]")
        self.required: tuple[str, ...] = tuple(schema.get("required", ()))
        self.reserved: dict[str, str] = schema.get("x-reserved", {})
        self.reserved_kinds: dict[str, str] = schema.get("x-reserved-kinds", {})
        self.same: tuple[str, ...] = tuple(schema.get("x-same", ()))
        """Words that say the same in every environment, and don't stand under one."""
        self.format: str = schema.get("x-format", "")
        self.one_of: tuple[str, ...] = tuple(
            name for branch in schema.get("oneOf", ()) for name in branch.get("required", ())
        )
        """Exactly one of these keys must be there."""
        self.some_of: tuple[str, ...] = tuple(
            name for branch in schema.get("anyOf", ()) for name in branch.get("required", ())
        )
        """At least one of these keys must be there."""
        self.unique: bool = schema.get("uniqueItems", False)
        self.choices: tuple[str, ...] = tuple(
            c for c in schema.get("enum", ()) if c.__class__ is str
        )
        """The words that are possible; where `true` and `false` are, too, `is_boolean` says so."""
        alternatives = (branch["const"] for branch in schema.get("oneOf", ()) if "const" in branch)
        self.const = schema.get("const", next(alternatives, None))

    def _maybe(self, schema: Any, below: str) -> Expected | None:
        return (
            self._expectations.of(schema, self.part + below) if isinstance(schema, dict) else None
        )

    def child(self, key: str) -> Expected | None:
        """Return what is expected of a key's value; None if the key isn't known."""
        expected = self._children.get(key)
        if expected is None:
            schema = self._properties.get(key)
            if schema is None:
                schema = next((s for p, s in self._patterns.items() if re.match(p, key)), None)
            part = f"{self.part}.{key}" if self.part else key
            expected = self.others if schema is None else self._expectations.of(schema, part)
            if expected is not None:
                self._children[key] = expected
        return expected

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the language has here."""
        return tuple(self._properties)

    @cached_property
    def needs(self) -> dict[str, tuple[str, ...]]:
        """Keys that only go with other keys."""
        dependencies = self._schema.get("dependencies", {})
        return {key: tuple(v) for key, v in dependencies.items() if isinstance(v, list)}

    @cached_property
    def excludes(self) -> dict[str, tuple[str, ...]]:
        """Keys that don't go with other keys."""
        dependencies = self._schema.get("dependencies", {})
        return {
            key: tuple(
                name for one in v["not"].get("anyOf", (v["not"],)) for name in one["required"]
            )
            for key, v in dependencies.items()
            if isinstance(v, dict)
        }

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """The form that a text must have, compiled when the first text comes.

        The schema lets through whatever has a placeholder in it; here `could_fit` looks closer.
        """
        pattern = self._schema.get("pattern")
        if not pattern:
            return None
        return re.compile(pattern.removesuffix(OR_PLACEHOLDER).removesuffix("$") + r"\Z")

    def bounds(self, what: str) -> tuple[int | None, int | None]:
        """Return min and max of what the words end in: `Length`, `Items`, `imum`."""
        return self._schema.get(f"min{what}"), self._schema.get(f"max{what}")

    def example(self, key: str) -> str | None:
        """Return how a value is written under a key, if the schema has an example."""
        written: str | None = self._schema.get("x-example")
        if written is None:
            return None
        return f"{key}: {written.split(': ', 1)[1]}" if key and ": " in written else written
