"""Paths as Windows writes them, in a file that has to be read everywhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Msgc


@pytest.mark.skipif(sys.platform == "win32", reason="the path leads there on Windows")
def test_a_schema_behind_a_backslash(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/order.json").write_text('{"type": "object"}')
    (tmp_path / "messaging.yaml").write_text(
        "version: 1\nservice: shop\nmessages: {A: {schema: {$ref: 'schemas\\order.json'}}}\n"
    )
    assert "did you mean `schemas/order.json`?" in msgc("validate").stderr
