"""What is found doesn't depend on the order in which the files are named."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from msgc.cli.hook import findings


def test_what_is_named_and_what_is_imported_are_read_by_their_own_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, messages in (
        ("a", "{B: {import: {file: ../b/messaging.yaml}}}"),
        ("b", "{B: {schema: {type: object}}}"),
    ):
        (tmp_path / name / ".git").mkdir(parents=True)
        (tmp_path / name / "messaging.yaml").write_text(
            f"version: 1\nservice: {name}\nmessages: {messages}\n"
            "topics: {facts: {messages: [B], external: true}}\n"
        )
    monkeypatch.chdir(tmp_path)
    for paths in permutations(("a/messaging.yaml", "b/messaging.yaml")):
        found = [(d.span.source.path, d.code.id) for d in findings(paths) if d.is_error]
        assert found == [("a/messaging.yaml", "MSG810")]
