"""The kinds of ends: the list has every file, and the language has every word."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from msgc import kinds
from msgc.kinds import KINDS, Way
from msgc.schema import schema_text

FOLDER = Path(kinds.__file__).parent


def test_each_file_is_a_kind_of_its_name() -> None:
    words = {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "kind", "way"}
    found = {word: getattr(import_module(f"msgc.kinds.{word}"), word.upper()) for word in words}
    assert all(kind.word == word for word, kind in found.items())
    assert {word: kind for word, kind in found.items() if kind.ways} == KINDS
    assert {word for word, kind in found.items() if not kind.ways} == {"schedule", "stream"}


def test_each_can_be_delivered_to() -> None:
    for kind in KINDS.values():
        assert kind.noun
        assert kind.ways, kind.word


def test_the_language_has_each_word_and_no_other() -> None:
    definitions = json.loads(schema_text())["definitions"]
    assert set(definitions["subscription"]["properties"]["to"]["properties"]) == set(KINDS)
    assert set(definitions["target"]["properties"]) == set(KINDS)


def test_what_is_declared_and_named_in_aws_has_a_longest_name() -> None:
    places = {"queue": 80, "topic": 256, "bus": 256}
    assert {word: kind.longest_name for word, kind in KINDS.items() if kind.longest_name} == places


@pytest.mark.parametrize("way", [Way.SNS_SUBSCRIPTION, Way.EVENT_RULE])
def test_the_description_of_to_lists_the_kinds_of_each_way(way: Way) -> None:
    to = json.loads(schema_text())["definitions"]["subscription"]["properties"]["to"]
    words = ", ".join(f"`{kind.word}`" for kind in KINDS.values() if way in kind.ways)
    assert f"From a {way.origin}: {words}." in to["description"]
