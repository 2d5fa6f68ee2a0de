"""CONTRIBUTING.md is true: the files of its recipes, and the words of its glossary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from msgc.cli.group import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/msgc"
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

RECIPES: dict[str, str] = dict(
    re.findall(r"^### Add (.*?)\n(.*?)(?=^##)", TEXT, re.MULTILINE | re.DOTALL)
)
SAMPLES = {
    "a rule": {"<rule>": "queue_without_dlq"},
    "a kind of target": {"<kind>": "log_group"},
    "a mechanism": {},
    "a pass": {"<pass>": "tags"},
    "a reporter": {"<reporter>": "json_report"},
    "an emitter": {"<emitter>": "stubs"},
    "a command": {"<command>": "graph"},
    "a resource of the stack": {},
}
"""What stands for a name in the files that a recipe lists."""

TERMS = re.findall(r"\(`(\w+)`,\s+`([\w/.]+)`\)", TEXT)


def listed(title: str) -> set[str]:
    """The files and folders that a recipe names, for its sample."""
    text = RECIPES[title]
    for word, name in SAMPLES[title].items():
        text = text.replace(word, name)
    words = re.findall(r"`([^`\s]+)`", text)
    return {w for w in words if re.fullmatch(r"[\w.-]+(/[\w.-]*)*\.(py|md|json)|[\w./-]+/", w)}


def mentions(pattern: str) -> set[str]:
    """The modules of the program in which something stands."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in SOURCE.rglob("*.py")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }


def test_there_are_recipes() -> None:
    assert RECIPES.keys() == SAMPLES.keys()


@pytest.mark.parametrize("title", SAMPLES)
def test_every_file_of_a_recipe_exists(title: str) -> None:
    paths = listed(title)
    assert len(paths) >= 5
    for path in paths:
        assert (ROOT / path).exists(), path
        assert (ROOT / path).is_dir() == path.endswith("/"), path


@pytest.mark.parametrize(
    ("title", "pattern"),
    [
        ("a rule", r"\bqueue_without_dlq\b"),
        ("a kind of target", r"\bLOG_GROUP\b"),
        ("a mechanism", r"\b(?<!::)(EventSourceMapping|PolledEdge|Way\.EVENT_SOURCE_MAPPING)\b"),
        ("a pass", r"passes\.tags\b"),
        ("a reporter", r"\bjson_report\b"),
        ("an emitter", r"\bemit_stubs\b"),
        ("a command", r'"graph"'),
        ("a resource of the stack", r"AWS::Events::Archive"),
    ],
)
def test_nothing_but_the_files_of_the_recipe_knows_the_sample(title: str, pattern: str) -> None:
    found = mentions(pattern)
    assert found
    folders = tuple(path for path in listed(title) if path.endswith("/"))
    assert {path for path in found if not path.startswith(folders)} <= listed(title)


def test_what_imports_the_members_of_a_registry_is_the_registry() -> None:
    rooms = {
        r"msgc\.lint\.rules\b": "lint/registry.py",
        r"msgc\.emit\.(cdk|stubs) import emit_": "emit/emitters.py",
        r"msgc\.report\.(text|json_report)\b": "report/reporters.py",
    }
    for pattern, registry in rooms.items():
        others = {"src/msgc/synth/synthesise.py"} if "emit" in pattern else set()
        assert mentions(f"(from|import) {pattern}") == {f"src/msgc/{registry}"} | others


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_imported_by_its_name_alone(command: str) -> None:
    assert (SOURCE / f"cli/commands/{command}.py").is_file()
    assert not mentions(rf"msgc\.cli\.commands\.{command}\b")


@pytest.mark.parametrize(("name", "path"), TERMS, ids=lambda word: word)
def test_a_term_of_the_glossary_is_where_it_is_said_to_be(name: str, path: str) -> None:
    text = (SOURCE / path).read_text(encoding="utf-8")
    assert re.search(rf"^(class|def) {name}\b|^{name}\b.* = ", text, re.MULTILINE)


def test_the_glossary_has_each_word_once() -> None:
    glossary = TEXT.split("## Glossary")[1].split("\n## ")[0]
    words = re.findall(r"^- (?:\*\*[^*]+\*\*(?:, | or )?)+", glossary, re.MULTILINE)
    terms = [term for line in words for term in re.findall(r"\*\*([^*]+)\*\*", line)]
    assert len(terms) > 50
    assert len(set(terms)) == len(terms)
    assert len(TERMS) >= 40
