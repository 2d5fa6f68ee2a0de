"""The schema itself: every property is described, and msgc interprets every word of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from msgc.resolve.variables.placeholder_places import ANY, ITEM, ITSELF, PLACES
from msgc.schema import schema_text
from msgc.schema.expected import OR_PLACEHOLDER
from msgc.schema.formats import FORMATS

SCHEMA: dict[str, Any] = json.loads(schema_text())
INTERPRETED = {
    "$ref", "type", "properties", "required", "additionalProperties", "propertyNames", "items",
    "enum", "const", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems",
    "maxItems", "uniqueItems", "minProperties", "oneOf", "anyOf", "dependencies",
    "patternProperties",
}  # fmt: skip
ANNOTATIONS = {
    "$schema", "$id", "title", "description", "definitions", "x-example", "x-format", "x-reserved",
    "x-reserved-kinds", "x-same",
}  # fmt: skip


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema in the schema, with its path."""
    if not isinstance(schema, dict):
        return
    yield path, schema
    for word in ("properties", "definitions", "patternProperties"):
        for name, part in schema.get(word, {}).items():
            yield from parts(part, f"{path}/{word}/{name}")
    for word in ("items", "additionalProperties", "propertyNames"):
        yield from parts(schema.get(word), f"{path}/{word}")


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    merged = dict(schema)
    while "$ref" in merged:
        target: Any = SCHEMA
        for step in merged.pop("$ref").removeprefix("#/").split("/"):
            target = target[step]
        merged = {**target, **merged}
    return merged


def test_every_word_is_interpreted() -> None:
    used = {word for _, schema in parts(SCHEMA) for word in schema}
    assert used <= INTERPRETED | ANNOTATIONS
    for path, schema in parts(SCHEMA):
        for branch in schema.get("oneOf", ()):
            assert set(branch) <= {"type", "required", "const"}, path
        for branch in schema.get("anyOf", ()):
            assert set(branch) == {"required"}, path
        for needed in schema.get("dependencies", {}).values():
            assert isinstance(needed, list) or set(needed) == {"not"}, path


def test_only_annotations_stand_beside_a_reference() -> None:
    # draft-07 ignores what stands beside `$ref`; editors show annotations all the same
    for path, schema in parts(SCHEMA):
        if "$ref" in schema:
            assert set(schema) <= ANNOTATIONS | {"$ref"}, path


def test_every_property_is_described() -> None:
    for path, schema in parts(SCHEMA):
        for name, part in schema.get("properties", {}).items():
            described = resolved(part).get("description", "")
            assert described, f"{path}/{name}"
            assert described[0].isupper() or described[0] in "`6", f"{path}/{name}: {described}"
            assert described.endswith((".", "`")), f"{path}/{name}: {described}"


def test_objects_are_closed_or_open_by_decision() -> None:
    for path, schema in parts(SCHEMA):
        if "object" in schema.get("type", ()):
            assert "additionalProperties" in schema, path


def test_a_word_is_reserved_or_supported() -> None:
    for path, schema in parts(SCHEMA):
        reserved = set(schema.get("x-reserved", {}))
        properties = set(schema.get("properties", {}))
        assert not reserved & properties, path


def test_every_form_has_words() -> None:
    for path, schema in parts(SCHEMA):
        if "pattern" in schema:
            assert schema.get("x-format") in {*FORMATS, "any", "provided"}, path


def test_the_example_of_a_form_has_that_form() -> None:
    for path, part in parts(SCHEMA):
        schema = resolved(part)
        form = FORMATS.get(schema.get("x-format", ""))
        _, like, written = form.means.partition("like `") if form is not None else ("", "", "")
        for example in re.findall("([^`]+)`", written.replace("`, `", "`")) if like else ():
            if "{" not in example and example.strip() not in ("or", ","):
                pattern = schema["pattern"].removesuffix("$") + r"\Z"
                assert re.match(pattern, example), (path, example)


def standing(
    places: Any, schema: dict[str, Any], path: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of a text in which `${name}` may stand, by its path in a file."""
    found = resolved(schema)
    if isinstance(places, str):
        yield path, found
        return
    for word, below in places.items():
        steps = {ANY: "additionalProperties", ITEM: "items"}
        if word == ITSELF:
            yield path, found
        elif word in steps:
            part = found.get(steps[word])
            yield from standing(below, part, f"{path}/{word}") if isinstance(part, dict) else ()
        elif word in found.get("properties", {}):
            yield from standing(below, found["properties"][word], f"{path}/{word}")


def test_editors_take_placeholders_where_msgc_does() -> None:
    """Editors go by the patterns alone; msgc looks at what such a text can become."""
    found = {path: s for path, s in standing(PLACES, SCHEMA) if "pattern" in s}
    assert len(found) > 200
    for path, schema in found.items():
        if schema["x-format"] != "provided":  # the word itself
            for text in ("${name}", "a-${name}", "arn:aws:sns:${region}:${account}:x"):
                assert re.search(schema["pattern"], text), path


def test_editors_refuse_placeholders_elsewhere() -> None:
    """A definition that stands where a placeholder may stand, too, takes it everywhere."""
    taken = {(s["pattern"], s["x-format"]) for _, s in standing(PLACES, SCHEMA) if "pattern" in s}
    for path, schema in parts(SCHEMA):
        if schema.get("pattern", "").endswith(OR_PLACEHOLDER):
            assert (schema["pattern"], schema["x-format"]) in taken, path
    assert not re.search(SCHEMA["definitions"]["duration"]["pattern"], "${name}")
