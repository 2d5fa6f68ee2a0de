"""The parts of the schema have one name each, and the tables of foreign words name parts."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from msgc.schema import foreign_advice, foreign_words
from msgc.schema.expected import Expectations, Expected
from msgc.schema.loading import expected_of_file, schema_text


def parts(order: random.Random) -> dict[str, set[str]]:
    """The names of all parts by what is expected there, found in some order."""
    found: dict[str, set[str]] = {}
    seen: set[int] = set()
    waiting = [Expectations(json.loads(schema_text())).root]
    while waiting:
        expected = waiting.pop(order.randrange(len(waiting)))
        if id(expected) in seen:
            continue
        seen.add(id(expected))
        found.setdefault(repr(expected._schema), set()).add(expected.part)  # noqa: SLF001
        waiting.extend(children(expected))
    return found


def children(expected: Expected) -> Iterator[Expected]:
    for child in (expected.others, expected.names, expected.items):
        if child is not None:
            yield child
    for key in expected._properties:  # noqa: SLF001
        child = expected.child(key)
        assert child is not None
        yield child


@pytest.mark.parametrize("seed", range(12))
def test_a_part_has_the_same_name_by_whichever_way_it_is_found(seed: int) -> None:
    assert parts(random.Random(seed)) == parts(random.Random(99))


def test_the_tables_of_foreign_words_are_about_parts_that_exist() -> None:
    known = {name for names in parts(random.Random(1)).values() for name in names}
    tables = (foreign_words.SYNONYMS, foreign_words.SAME_AS, foreign_advice.ADVICE)
    assert {part for table in tables for part in table} - known == set()
    assert set(foreign_words.SAME_AS.values()) <= known


def test_a_file_with_environments_changes_nothing_for_the_next() -> None:
    expected = expected_of_file()
    environments = expected.child("environments")
    assert environments is not None
    assert environments.others is not None
    there = environments.others.child("subscriptions")
    assert there is not None
    assert there.others is not None
    to = there.others.child("to")
    assert to is not None
    below = to.child("api_destination")
    assert below is not None
    assert below.part == "subscription.to.api_destination"
