"""A rule is loaded for files with the part that it is about: without it, it must find nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from msgc.lint import lint
from msgc.lint.codes import RULES
from msgc.lint.file_parts import Part, anything
from msgc.lint.registry import part_of, rules_about
from msgc.source import Disk, Files
from msgc.topology.model import Topology
from tests.files import messaging
from tests.lint.phases import completed, examples, resolved

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("tests/cases/lint", "tests/cases/ok", "examples")
    for path in (ROOT / folder).glob("*/messaging.yaml")
)
PARTS = [part for part in dict.fromkeys(map(part_of, RULES)) if part is not anything]


@cache
def linted() -> tuple[tuple[Topology, frozenset[str]], ...]:
    """Many topologies, and the names of those of all rules that find something in them."""
    return tuple(_linted())


def _linted() -> Iterator[tuple[Topology, frozenset[str]]]:
    files: list[tuple[str, Files]] = [(str(path), Disk()) for path in FILES]
    texts = (text for rule in RULES for text in examples(rule.code.explain()))
    files += [("messaging.yaml", messaging(completed(text))) for text in texts]
    for path, source in files:
        topology, links, _ = resolved(path, source)
        found = lint(topology, links, rules=RULES, resource_limit=8)
        yield topology, frozenset(diagnostic.code.name for diagnostic in found)


def test_a_rule_finds_nothing_in_a_file_without_its_part() -> None:
    found: set[str] = set()
    for topology, names in linted():
        assert names <= {rule.code.name for rule in rules_about(topology)}
        found |= names
    assert found == {rule.code.name for rule in RULES}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_some_files_have_a_part_and_some_do_not(part: Part) -> None:
    assert {part(topology) for topology, _ in linted()} == {True, False}
