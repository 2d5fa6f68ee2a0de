"""Files that would hurt: too large, too deep, exploding, unreadable."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc.diagnostics import Outcome
from msgc.disk import MAX_FILE_BYTES
from msgc.source import Disk, Source, Span
from msgc.syntax import Budget, Document, load, load_node
from msgc.tree import Mapping, Node, Scalar
from tests.files import Memory, messaging


def names(outcome: Outcome[Document] | Outcome[Node]) -> list[str]:
    return [diagnostic.code.name for diagnostic in outcome.diagnostics]


def test_more_than_16_mib_is_refused_before_it_is_read() -> None:
    outcome = load("messaging.yaml", messaging(b"\xff" * (MAX_FILE_BYTES + 1)))
    assert names(outcome) == ["file-too-large"]
    assert "16.0 MiB" in outcome.diagnostics[0].message


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        "a: " + "[" * 100_000 + "]" * 100_000,
        "- " * 100_000,
        "".join(f"{' ' * (level % 2000)}a:\n" for level in range(2000)),
        "? " * 100_000,
    ],
    ids=["lists", "mappings", "closed", "items", "blocks", "keys"],
)
def test_100_000_levels(text: str) -> None:
    assert names(load("messaging.yaml", messaging(text))) == ["too-deep"]


def test_100_000_levels_of_json() -> None:
    outcome = load_node("a.json", Memory({"a.json": "[" * 100_000 + "]" * 100_000}))
    assert [d.code.name for d in outcome.diagnostics] == ["too-deep"]


def test_exactly_100_levels_are_fine() -> None:
    text = "a: " + "[" * 99 + "]" * 99
    assert load("messaging.yaml", messaging(text)).ok
    assert load_node("a.json", Memory({"a.json": "[" * 100 + "]" * 100})).ok


def test_aliases_add_to_the_depth() -> None:
    chain = ["a0: &a0 " + "[" * 40 + "]" * 40]
    chain += [f"a{n}: &a{n} {'[' * 40}*a{n - 1}{']' * 40}" for n in range(1, 5)]
    assert names(load("messaging.yaml", messaging("\n".join(chain)))) == ["too-deep"]


def test_merge_keys_count_as_aliases() -> None:
    keys = ", ".join(f"k{n}: 1" for n in range(1000))
    lines = [f"a: &a {{{keys}}}", *(f"b{n}: {{<<: *a}}" for n in range(60))]
    assert names(load("messaging.yaml", messaging("\n".join(lines)))) == ["alias-explosion"]


def test_aliases_share_what_they_stand_for() -> None:
    outcome = load("messaging.yaml", messaging("a: &a {b: 1}\nc: *a\n"))
    assert outcome.value is not None
    assert outcome.value.root.get("a") is outcome.value.root.get("c")


def test_what_can_be_read_is_read_in_spite_of_mistakes() -> None:
    outcome = load("messaging.yaml", messaging("a: 1\na: 2\n? [x]\n: y\nb: !Ref c\n"))
    assert not outcome.ok
    assert outcome.value is not None
    assert list(outcome.value.root.entries) == ["a", "b"]


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    class Forbidden:
        def read(self, path: str) -> bytes:
            raise PermissionError(13, "Permission denied", path)

    outcome = load("messaging.yaml", Forbidden())
    assert outcome.diagnostics[0].message == "`messaging.yaml` can't be read: permission denied"
    assert names(load(str(tmp_path), Disk())) == ["file-unreadable"]


def test_json_is_told_by_the_name() -> None:
    assert not load_node("a.json", Memory({"a.json": "a: 1"})).ok
    root = load_node("a.yaml", Memory({"a.yaml": '{"a": 1}'})).value
    assert isinstance(root, Mapping)


def test_several_files_share_what_aliases_may_stand_for() -> None:
    files = Memory({"a.yaml": "a: &a [1, 2]\nb: *a\n"})
    budget = Budget()
    budget.aliased = 7
    assert load_node("a.yaml", files, budget).ok
    assert load_node("a.yaml", files, budget).ok
    assert names(load_node("a.yaml", files, budget)) == ["alias-explosion"]


def test_a_number_that_no_float_has_is_text() -> None:
    for digits in ("1" * 5000, "1e999"):
        assert Scalar(digits, Span(Source("a.yaml", ""), 0, 0)).value == digits


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_more_values_than_are_read(name: str) -> None:
    text = f"[{'1,' * 9}1]"
    files = Memory({name: text})
    assert load_node(name, files, Budget(11)).ok
    assert names(load_node(name, files, Budget(10))) == ["too-many-values"]


def test_several_files_share_what_may_be_read() -> None:
    files = Memory({"a.json": "[1, 2]", "b.yaml": "{a: 1, b: 2}"})
    budget = Budget(8)
    assert load_node("a.json", files, budget).ok
    assert load_node("b.yaml", files, budget).ok
    assert budget.left == 0
    assert names(load_node("a.json", files, budget)) == ["too-many-values"]
