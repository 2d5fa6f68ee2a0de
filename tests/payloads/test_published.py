"""Published schemas are taken, and judged as by their own draft."""

from __future__ import annotations

from pathlib import Path

from tests.payloads.published import count

ROOT = Path(__file__).resolve().parents[2]


def test_schemas_of_several_dialects(tmp_path: Path) -> None:
    folder = ROOT / "tests/cases/ok/published-schemas/schemas"
    counted = count(folder, values=20)
    assert counted.wrong == []
    assert counted.refused == {"MSG347 message-not-an-object": ["common.json"]}
    assert min(counted.values.values()) > 20
    (tmp_path / "a.json").write_text('{"$id": "https://x.org/a", "$ref": "https://x.org/b"}')
    assert next(iter(count(tmp_path).lines())) == "0 of 1 schemas taken"
