"""The commands that only tell: explain, rules, graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc import catalog
from tests.cli.conftest import Msgc


@pytest.mark.parametrize("word", ["MSG802", "msg802", "foreign-file"])
def test_explain(msgc: Msgc, word: str) -> None:
    done = msgc("explain", word)
    assert done.returncode == 0
    assert done.stdout.startswith("MSG802 foreign-file (error)\n\n")


def test_explain_says_the_nearest_name(msgc: Msgc) -> None:
    done = msgc("explain", "foriegn-file")
    assert done.returncode == 2
    assert "there is no code 'foriegn-file'; did you mean foreign-file (MSG802)?" in done.stderr


def test_rules_lists_everything(msgc: Msgc) -> None:
    lines = msgc("rules").stdout.splitlines()
    assert len(lines) == len(catalog.CODES)
    assert "MSG802  error    foreign-file" in lines


def test_graph(msgc: Msgc, project: Path) -> None:
    mermaid = msgc("graph")
    assert mermaid.returncode == 0
    assert mermaid.stdout.startswith("flowchart ")
    dot = msgc("graph", "--format", "dot", project)
    assert dot.stdout.startswith("digraph ")
    assert dot.stdout.rstrip().endswith("}")


def test_no_graph_of_a_broken_file(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text("version: 1\n")
    done = msgc("graph")
    assert (done.returncode, done.stdout) == (1, "")
    assert "service" in done.stderr
