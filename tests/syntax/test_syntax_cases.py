"""The corpus: each file raises the code that it is named for, and prints what is beside it.

`<code>--<variant>.yaml` (or `.json`) → `<name>.out`; an `.out` without a file is the case of a
missing one. Files named `ok` load without a word, and the `.out` is their value as JSON.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from msgc.diagnostics import Outcome
from msgc.report.text import text_report
from msgc.source import Disk, Source
from msgc.syntax import codes, json_tree, load, load_node, yaml_tree
from msgc.syntax.pure_parser import PureParser
from msgc.tree import Node, to_json
from tests.corpus import compare

FOLDER = Path(__file__).parents[1] / "cases" / "syntax"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".yaml", ".json"})
MISSING = ["file-unreadable--missing.yaml", "file-unreadable--folder"]
TESTED_ELSEWHERE = {
    "file-too-large",
    "not-a-regular-file",
    "link-out-of-repository",
    "too-many-values",
}
"""What is large, or can't be kept in a repository, is made by tests of its own."""


def loaded(name: str) -> Outcome[Node]:
    if name.endswith(".json"):
        return load_node(name, Disk())
    outcome = load(name, Disk())
    return Outcome(outcome.value.root if outcome.value else None, outcome.diagnostics)


def printed(outcome: Outcome[Node]) -> str:
    if outcome.diagnostics:
        return text_report(outcome.diagnostics) + "\n"
    assert outcome.value is not None
    return json.dumps(to_json(outcome.value), indent=1) + "\n"


@pytest.mark.parametrize("name", [*CASES, *MISSING])
def test_case(name: str, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(FOLDER)
    if name.endswith("--folder"):
        name = "../syntax"
        expected = FOLDER / "file-unreadable--folder.out"
    else:
        expected = FOLDER / f"{name.removesuffix('.yaml')}.out"
    outcome = loaded(name)
    code = expected.name.split("--")[0].split(".")[0]
    assert {d.code.name for d in outcome.diagnostics} == ({code} if code != "ok" else set())
    compare(printed(outcome), expected, pytestconfig)


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(".yaml")])
def test_both_parsers_say_the_same(name: str) -> None:
    try:
        source = Source(name, (FOLDER / name).read_text(encoding="utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError:
        return  # said before any parser sees it
    ours, pure = yaml_tree.build(source), yaml_tree.build(source, parser=PureParser)
    assert (ours[0] is None) == (pure[0] is None)
    assert text_report(pure[1]) == text_report(ours[1])
    if ours[0] is not None and pure[0] is not None:
        assert json.dumps(to_json(pure[0])) == json.dumps(to_json(ours[0]))


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(".json")])
def test_python_agrees_on_what_is_json(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    root, found = json_tree.build(Source(name, text))
    try:
        value = json.loads(text)
    except ValueError:
        assert root is None
    else:  # Python takes NaN, duplicate keys, half characters and any depth
        assert found or (root is not None and to_json(root) == value)


def test_every_code_has_a_case() -> None:
    named = {name.split("--")[0].removesuffix(".yaml").removesuffix(".json") for name in CASES}
    named |= {name.split("--")[0] for name in MISSING} | TESTED_ELSEWHERE
    assert named - {"ok"} == {code.name for code in codes.CODES}
