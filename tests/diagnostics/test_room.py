from __future__ import annotations

from pathlib import Path

import pytest

from msgc.diagnostics import Room


def test_a_code_is_explained_by_the_file_of_its_name(tmp_path: Path) -> None:
    code = Room(str(tmp_path / "codes.py")).code("MSG301", "unknown-name", "error")
    assert (code.id, code.name, code.severity) == ("MSG301", "unknown-name", "error")
    with pytest.raises(FileNotFoundError, match=r"unknown-name\.md"):
        code.explain()
    (tmp_path / "explanations").mkdir()
    (tmp_path / "explanations/unknown-name.md").write_bytes("A name → nothing.\n".encode())
    assert code.explain() == "A name → nothing.\n"
