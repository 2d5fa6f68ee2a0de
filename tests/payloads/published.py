"""Tell of a folder of schemas how many msgc takes, why not the others, and whether it judges right.

`python3 dev.py schemas FOLDER`. Schemas of OpenAPI files are taken one by one; schemas are found by
their `$id`s in the folder. Values are made by chance from each schema, and then changed; the judge
is jsonschema, by the schema's own draft.
"""

from __future__ import annotations

import copy
import json
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import referencing
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from msgc.diagnostics import Diagnostic
from msgc.payloads import Document, read, violations
from msgc.resolve.messages.schema_folders import catalog_of
from msgc.resolve.symbols import SymbolTable
from msgc.source import Disk, Referred
from msgc.syntax import load_node
from msgc.tree import Mapping
from tests.files import Memory
from tests.payloads.making import FORMATS

OTHERS: tuple[Any, ...] = (None, 1, 1.5, -1, "x", "", True, {}, [], [1], {"a": 1}, "2020-01-02")


class Counts:
    """What came out of a folder."""

    def __init__(self) -> None:
        self.schemas = 0
        self.taken = 0
        self.values: Counter[bool] = Counter()
        self.refused: dict[str, list[str]] = {}
        """By kind of finding, the schemas."""
        self.wrong: list[str] = []

    def lines(self) -> Iterator[str]:
        """Tell them, the most frequent reasons first."""
        yield f"{self.taken} of {self.schemas} schemas taken"
        for reason, places in sorted(self.refused.items(), key=lambda item: -len(item[1])):
            yield f"  {len(places)} {reason}, as {places[0]}"
        valid, invalid = self.values[True], self.values[False]
        yield f"{valid + invalid} values, {valid} of them valid; {len(self.wrong)} judged otherwise"
        yield from (f"  {each}" for each in self.wrong[:20])


def count(folder: Path, *, values: int = 3, seed: int = 1) -> Counts:
    """Look at all schemas of a folder."""
    out, random = Counts(), Random(seed)
    origin = str(folder / "messaging.yaml")
    own = load_node(origin, Memory({origin: "schemas: {folders: [.]}"})).value
    assert isinstance(own, Mapping)
    catalog = catalog_of(own.get("schemas"), Disk(), origin, SymbolTable(own))
    files = {path: _loaded(path) for path in sorted(folder.rglob("*")) if path.suffix in _FORMATS}
    known: Any = import_module("jsonschema_specifications").REGISTRY
    registry = known.with_resources(_resources(files))
    for path, whole in files.items():
        for pointer, schema in _schemas(whole):
            out.schemas += 1
            ref = {"$ref": f"{path.relative_to(folder)}{pointer}"}
            root = load_node(origin, Memory({origin: json.dumps(ref)})).value
            assert root is not None
            document = Document(path=origin, root=root)
            outcome = read(
                document.root,
                name="Message",
                path=origin,
                load=lambda path: load_node(path, Referred(Disk(), origin)),
                catalog=catalog,
            )
            errors = [each for each in outcome.diagnostics if each.is_error]
            if errors or outcome.value is None:
                out.refused.setdefault(_kind(errors), []).append(ref["$ref"])
                continue
            out.taken += 1
            judge = _judge(path, whole, pointer, registry)
            if judge is None:
                continue
            for value in _values(schema, whole, random, values):
                try:
                    valid = judge.is_valid(value)
                except (Unresolvable, SchemaError, RecursionError):
                    continue  # which the judge can't tell
                out.values[valid] += 1
                if valid == bool(violations(outcome.value, value)):
                    out.wrong.append(f"{ref['$ref']}: {json.dumps(value)[:300]}")
    return out


_FORMATS = frozenset({".json", ".yaml", ".yml"})


def _loaded(path: Path) -> Any:
    try:
        text = path.read_text("utf-8")
        return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError):
        return None


def _schemas(whole: Any) -> Iterator[tuple[str, Any]]:
    """Return the schemas of a file, by the fragment that leads there."""
    if not isinstance(whole, dict):
        return
    if "openapi" in whole:
        named = whole.get("components", {}).get("schemas", {})
        yield from ((f"#/components/schemas/{name}", schema) for name, schema in named.items())
    elif "$schema" in whole or "$id" in whole:
        yield "", whole


def _resources(files: dict[Path, Any]) -> Iterator[tuple[str, Any]]:
    for path, whole in files.items():
        if isinstance(whole, dict):
            contents = {**whole, "$id": path.as_uri()} if "openapi" in whole else whole
            made = referencing.Resource.from_contents(contents, default_specification=DRAFT202012)
            yield made.id() or path.as_uri(), made


def _judge(path: Path, whole: Any, pointer: str, registry: Any) -> Validator | None:
    if pointer and str(whole["openapi"]).startswith("3.0"):
        return None  # whose words no judge knows
    if pointer:
        schema = {"$ref": f"{path.as_uri()}{pointer}"}
        return Draft202012Validator(schema, registry=registry, format_checker=FORMATS)
    kind = validator_for(whole, default=Draft202012Validator)
    return kind(whole, registry=registry, format_checker=FORMATS)


def _kind(errors: list[Diagnostic]) -> str:
    first = errors[0] if errors else None
    return "nothing" if first is None else f"{first.code.id} {first.code.name}"


def _values(schema: Any, whole: Any, random: Random, count: int) -> Iterator[Any]:
    """Return values that nearly fit, and what becomes of them by a change."""
    for _ in range(count):
        value = _value(schema, whole, random, 6)
        if isinstance(value, dict):
            yield value
            for _ in range(4):
                changed = copy.deepcopy(value)
                _change(changed, random)
                yield changed


def _value(schema: Any, whole: Any, random: Random, depth: int) -> Any:  # noqa: C901, PLR0911  # one a word
    if not isinstance(schema, dict) or depth < 0:
        return random.choice(OTHERS)
    if (ref := schema.get("$ref")) is not None:
        return _value(_at(whole, str(ref)), whole, random, depth - 1)
    for word in ("const", "enum", "oneOf", "anyOf"):
        if word in schema:
            chosen = schema[word] if word == "const" else random.choice(schema[word])
            return _value(chosen, whole, random, depth - 1) if word.endswith("Of") else chosen
    kind = schema.get("type", "object" if "properties" in schema else "string")
    match random.choice(kind) if isinstance(kind, list) else kind:
        case "object":
            out: dict[str, Any] = {}
            for part in (*schema.get("allOf", ()), schema):
                for name, below in part.get("properties", {}).items():
                    if name in part.get("required", ()) or random.random() < 0.5:
                        out[name] = _value(below, whole, random, depth - 1)
            return out
        case "array":
            some = range(random.randint(0, 2))
            return [_value(schema.get("items"), whole, random, depth - 1) for _ in some]
        case "string":
            return _TEXTS.get(schema.get("format", ""), random.choice(("x", "abc", "1.0")))
        case "integer" | "number":
            return random.choice((0, 1, 5, 2000))
        case "boolean":
            return random.random() < 0.5
    return None


_TEXTS = {
    "date-time": "2020-01-02T03:04:05Z",
    "date": "2020-01-02",
    "uuid": "6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11",
    "uri": "https://example.com/a",
}


def _at(whole: Any, ref: str) -> Any:
    for step in ref.split("/")[1:] if ref.startswith("#/") else ():
        whole = whole.get(step) if isinstance(whole, dict) else None
    return whole if ref.startswith("#/") else None


def _change(value: Any, random: Random) -> None:
    """Take something out, put something in, or put something else in its place."""
    inside = [value]
    for each in inside:  # which grows
        below = each.values() if isinstance(each, dict) else each
        inside += (part for part in below if isinstance(part, dict | list) and part)
    place = random.choice(inside)
    if isinstance(place, list):
        place[random.randrange(len(place))] = random.choice(OTHERS)
    elif not place or random.random() < 0.2:
        place["extra"] = random.choice(OTHERS)
    elif random.random() < 0.4:
        del place[random.choice(list(place))]
    else:
        place[random.choice(list(place))] = random.choice(OTHERS)


if __name__ == "__main__":
    told = "\n".join(count(Path(sys.argv[1]).resolve()).lines())
    sys.stdout.write(f"{told}\n")
