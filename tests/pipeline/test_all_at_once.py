"""A file with several mistakes: all of them are told, and nothing that follows from another."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from msgc.diagnostics import Diagnostic
from msgc.lint.later import loaded
from msgc.lint.registry import RULES
from msgc.pipeline.check import analyse
from msgc.resolve import codes as resolve
from msgc.schema import codes as schema
from msgc.source import Disk
from msgc.syntax import load
from msgc.topology.error_recovery import SECTIONS, Declarations, Key
from tests.files import Memory, dumped

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    (*ROOT.glob("examples/*/messaging.yaml"), *ROOT.glob("tests/cases/ok/*/messaging.yaml"))
)
FREE = ("schema", "examples", "filter", "pattern", "environment", "tests", "source")
SHAPE = (*schema.CODES, *resolve.CODES)
NAMING = ("from", "to", "messages", "dead_letter", "on_failure", "publishes")

Steps = tuple[str | int, ...]


def places(node: Any, path: Steps = ()) -> Iterator[Steps]:
    """Every place below a declaration that the language has a word for."""
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in inner:
        if key not in FREE:
            yield (*path, key)
            if isinstance(value, dict | list):
                yield from places(value, (*path, key))


def at(node: Any, path: Steps) -> Any:
    for step in path:
        node = node[step]
    return node


def misspelled(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word))
    return word[:i] + chance.choice(("", "x", word[i] * 2)) + word[i + 1 :]


def broken(document: Any, chance: random.Random) -> tuple[Any, Key]:
    """A copy with one thing broken, and the declaration that it is in."""
    document = copy.deepcopy(document)
    declared = [(s, n) for s in SECTIONS for n in document.get(s, {})]
    section, name = chance.choice(declared)
    node = document[section][name]
    if not isinstance(node, dict):
        node = document[section][name] = {}
    below = list(places(node))
    kind = chance.choice(("unknown key", "misspelled key", "wrong type", "unknown name", "gone"))
    if kind == "unknown key" or not below:
        outer = chance.choice([(), *(p for p in below if isinstance(at(node, p), dict))])
        at(node, outer)["surprise"] = chance.choice(("1", ["x"], {"a": "b"}))
        return document, (section, name)
    path = chance.choice(below)
    parent, last = at(node, path[:-1]), path[-1]
    if kind == "misspelled key" and isinstance(last, str):
        parent[misspelled(last, chance)] = parent.pop(last)
    elif kind == "wrong type":
        parent[last] = chance.choice(([["x"]], {"a": "b"}, "Not this", "", {}))
    elif kind == "unknown name":
        named = [p for p in below if p[0] in NAMING and isinstance(at(node, p), str)]
        path = chance.choice(named or [path])
        parent, last = at(node, path[:-1]), path[-1]
        parent[last] = misspelled(parent[last], chance) if isinstance(parent[last], str) else "x"
    else:
        del parent[last]
    return document, (section, name)


def found(file: Path, document: Any) -> tuple[tuple[Diagnostic, Key | None], ...]:
    """What is told of a document, and in which declaration."""
    text = dumped(document)
    files = Memory({str(file): text}, Disk())
    loaded = load(str(file), files).value
    assert loaded is not None, text
    outcome = analyse(str(file), files)
    # the places of another tree of the same text
    declarations = Declarations(loaded.root)
    told = []
    for diagnostic in outcome.diagnostics:
        span = diagnostic.span
        here = span.source.path == str(file)
        moved = type(span)(loaded.source, span.start, span.end)
        told.append((diagnostic, declarations.at(moved) if here else None))
    return tuple(told)


def signature(told: tuple[tuple[Diagnostic, Key | None], ...]) -> set[tuple[str, Key | None]]:
    return {(diagnostic.code.name, key) for diagnostic, key in told}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.parent.name)
def test_what_breaks_in_one_place_is_told_there_alone(file: Path) -> None:
    document = yaml.safe_load(file.read_text("utf-8"))
    before = signature(found(file, document))
    errors = 0
    for seed in range(80):
        chance = random.Random(f"{file.parent.name} {seed}")
        changed, key = broken(document, chance)
        told = found(file, changed)
        if not any(d.is_error and d.code in SHAPE and place == key for d, place in told):
            continue  # it means something else now, and rules may say so
        errors += 1
        elsewhere = {
            (d.code.name, d.message, place)
            for d, place in told
            if place != key and (d.code.name, place) not in before
        }
        assert not elsewhere, (dumped(changed), key, elsewhere)
    assert errors > 10


def planted(document: Any, chance: random.Random) -> Iterator[tuple[Any, Key, str, str]]:
    """Copies with a second mistake, where it is, its code, and what it is told with."""
    for section in ("subscriptions", "consumers"):
        for name, node in document.get(section, {}).items():
            if isinstance(node.get("from"), dict) and node.get("messages") != "any":
                copied = copy.deepcopy(document)
                edge = copied[section][name]
                edge.pop("pattern", None)
                edge.pop("filter_on", None)
                edge["filter"] = {"no_such_field": ["x"]}
                yield copied, (section, name), "unknown-filter-field", "no_such_field"
    for name in document.get("queues", {}):
        copied = copy.deepcopy(document)
        copied["queues"][name] = {**(copied["queues"][name] or {}), "delay": "20m"}
        yield copied, ("queues", name), "value-out-of-range", "20m"
    name = f"worker-{chance.randrange(9)}"
    copied = copy.deepcopy(document)
    copied.setdefault("queues", {})["work"] = {}
    copied.setdefault("consumers", {})[name] = {
        "from": {"queue": "work"}, "function": "provided", "batch": {"size": 20}
    }  # fmt: skip
    yield copied, ("consumers", name), "batch-without-window", "20"


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.parent.name)
def test_a_second_mistake_is_told_beside_an_unknown_key(file: Path) -> None:
    document = yaml.safe_load(file.read_text("utf-8"))
    chance = random.Random(file.parent.name)
    both = 0
    for second, place, code, word in planted(document, chance):
        alone = {(d.code.name, d.message) for d, key in found(file, second) if key == place}
        wanted = {(name, message) for name, message in alone if name == code and word in message}
        declared = [
            (s, n)
            for s in SECTIONS
            for n in second.get(s, {})
            if (s, n) not in (place, ("queues", "work"))  # the worker's, whose kind matters
        ]
        for section, name in chance.sample(declared, min(3, len(declared))):
            twice = copy.deepcopy(second)
            twice[section][name] = {**(twice[section][name] or {}), "surprise": True}
            told = {(d.code.name, d.message) for d, _ in found(file, twice)}
            assert wanted <= told, (place, (section, name), wanted - told)
            assert "unknown-key" in {name for name, _ in told}
            both += bool(wanted)
    assert both


def test_a_misspelled_section_is_told_once() -> None:
    file = ROOT / "examples/checkout/messaging.yaml"
    document = yaml.safe_load(file.read_text("utf-8"))
    before = signature(found(file, document))
    for section in SECTIONS:
        if section in document:
            changed = {f"{k[:-1]}z" if k == section else k: v for k, v in document.items()}
            told = signature(found(file, changed)) - before
            assert told == {("unknown-key", (f"{section[:-1]}z", ""))}, section


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.parent.name)
def test_what_more_of_a_file_would_mend_is_said_to_be_about_absence(file: Path) -> None:
    document = yaml.safe_load(file.read_text("utf-8"))
    document.pop("tests", None)
    before = {d.code.name for d, _ in found(file, document)}
    rules = {rule.code.name: loaded(rule) for rule in RULES}
    for section in ("subscriptions", "consumers", "producers"):
        for name in document.get(section, {}):
            less = copy.deepcopy(document)
            del less[section][name]
            for diagnostic, _ in found(file, less):
                rule = rules.get(diagnostic.code.name)
                new = diagnostic.code.name not in before
                assert not new or rule is None or rule.absence, (name, diagnostic.message)
