from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from msgc import catalog
from msgc.diagnostics import Code
from msgc.lint.registry import RULES
from msgc.schema import validate
from msgc.schema.loading import expected_of_file
from msgc.syntax import load, load_node
from msgc.tree import Mapping
from tests.files import messaging

SECTIONS = set(expected_of_file().keys)
ROOMS = Path(catalog.__file__).parent
FILES = sorted(path for path in ROOMS.rglob("explanations/**/*") if path.is_file())


def shown(path: Path) -> str:
    return path.relative_to(ROOMS).as_posix()


def test_ids_and_names_are_unique() -> None:
    for words in (Counter(c.id for c in catalog.CODES), Counter(c.name for c in catalog.CODES)):
        assert [word for word, count in words.items() if count > 1] == []


@pytest.mark.parametrize("code", catalog.CODES, ids=lambda code: code.name)
def test_a_code_is_well_formed(code: Code) -> None:
    assert re.fullmatch(r"MSG[1-9][0-9]{2}", code.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name)
    assert code.severity in {"error", "warning", "info"}
    assert len(code.explain().strip()) > 80, "too short to help anybody"


@pytest.mark.parametrize("code", catalog.CODES, ids=lambda code: code.name)
def test_an_explanation_has_a_summary_and_an_example(code: Code) -> None:
    summary, *rest = code.explain().split("\n\n")
    assert summary.endswith((".", ":")), "a sentence on what is wrong"
    assert rest
    assert re.search(r"^```(yaml|json|python|sh|console)$", code.explain(), re.MULTILINE)
    for example in re.findall(r"^```yaml\n(.*?)^```$", code.explain(), re.DOTALL | re.MULTILINE):
        loaded = load_node("messaging.yaml", messaging(example))
        assert loaded.ok, [d.message for d in loaded.diagnostics]
        if isinstance(loaded.value, Mapping) and loaded.value.entries.keys() <= SECTIONS:
            whole = {"version": "1", "service": "shop"}
            head = [f"{k}: {v}\n" for k, v in whole.items() if k not in loaded.value.entries]
            document = load("messaging.yaml", messaging("".join(head) + example)).value
            assert document is not None
            assert [d.message for d in validate(document.root)] == []


def test_every_code_of_a_room_is_in_its_tuple() -> None:
    """A constant that isn't in `CODES` would be in no docs and in no `msgc explain`."""
    for room in catalog._ROOMS:  # noqa: SLF001
        constants = {value for value in vars(room).values() if isinstance(value, Code)}
        assert constants <= set(room.CODES), room.__name__


def test_every_code_has_a_file_and_every_file_a_code() -> None:
    """Rules have their docstrings; what explains another code is a file of its room."""
    rules = {rule.code for rule in RULES}
    wanted = {
        shown(Path(str(room.__file__)).with_name("explanations") / f"{code.name}.md")
        for room in catalog._ROOMS  # noqa: SLF001
        for code in room.CODES
        if code not in rules
    }
    files = {shown(path) for path in FILES}
    assert sorted(wanted - files) == [], "codes without a file"
    assert sorted(files - wanted) == [], "files without a code"


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_file_is_plain_text_that_starts_with_a_sentence(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert re.match(r"[`A-Z]|msgc ", text), "no heading, and nothing before the first word"
    assert text.endswith("\n")
    lines = text.removesuffix("\n").split("\n")
    assert lines[-1], "one line end at the end"
    assert [line for line in lines if line != line.rstrip() or "\t" in line] == []
    assert [line for line in lines if len(line) > 100] == []


def test_find() -> None:
    code = catalog.CODES[0]
    assert catalog.find(code.id.lower()) is code
    assert catalog.find(code.name) is code
    assert catalog.find("nothing-of-the-kind") is None


@pytest.mark.parametrize("code", [catalog.CODES[0], catalog.CODES[-1]], ids=lambda code: code.name)
def test_what_was_probably_meant(code: Code) -> None:
    assert catalog.near(code.name[:-1]) is code
    assert catalog.near(f"{code.name}s") is code
    assert catalog.near("0123456789") is None
