from __future__ import annotations

import re
from collections import Counter

import pytest

from msgc import catalog
from msgc.diagnostics import Code


def test_ids_and_names_are_unique() -> None:
    for words in (Counter(c.id for c in catalog.CODES), Counter(c.name for c in catalog.CODES)):
        assert [word for word, count in words.items() if count > 1] == []


@pytest.mark.parametrize("code", catalog.CODES, ids=lambda code: code.name)
def test_a_code_is_well_formed(code: Code) -> None:
    assert re.fullmatch(r"MSG[1-9][0-9]{2}", code.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name)
    assert code.severity in {"error", "warning", "info"}
    assert len(code.explanation.strip()) > 80, "too short to help anybody"


def test_every_code_of_a_room_is_in_its_tuple() -> None:
    """A constant that isn't in `CODES` would be in no docs and in no `msgc explain`."""
    for room in catalog._ROOMS:  # noqa: SLF001
        constants = {value for value in vars(room).values() if isinstance(value, Code)}
        assert constants <= set(room.CODES), room.__name__


def test_find() -> None:
    code = catalog.CODES[0]
    assert catalog.find(code.id.lower()) is code
    assert catalog.find(code.name) is code
    assert catalog.find("nothing-of-the-kind") is None
